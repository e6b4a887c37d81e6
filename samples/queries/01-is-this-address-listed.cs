#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// Is this address listed, by whom, and since when?
//
//   dotnet run samples/queries/01-is-this-address-listed.cs [ADDRESS]
//
// The default is an address of the Ronin theft. Its entity was designated in 2019, the address in 2022: on the day of the
// theft, 2022-03-23, no list named it. A list is a statement of a day, so the question has one, too.

using ChainWatch;
using ChainWatch.Lists;
using ChainWatch.Notebooks;

if (!Address.TryParse(args.Length > 0 ? args[0] : "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", out Address address))
{
    Console.Error.WriteLine($"error: '{args[0]}' is no address of a known form");
    return 1;
}

ListSet lists = ListSet.Embedded;
Screening today = lists.Screen(address);

today.Matches.ToTable(
    ("status", m => m.Status),
    ("list", m => m.Entry.List),
    ("who says so", m => m.Entry.Authority),
    ("whom", m => m.Entry.Entity.Length > 0 ? m.Entry.Entity : (m.Entry as Attribution)?.Incident),
    ("role", m => m.Entry.Role),
    ("came on", m => m.Entry is Designation d ? d.CameOn : (m.Entry as Attribution)?.DatedOn),
    ("went off", m => (m.Entry as Designation)?.WentOff),
    ("entity since", m => (m.Entry as Designation)?.EntityListed),
    ("programs", m => m.Entry is Designation d ? string.Join(", ", d.Programs) : null))
    .Titled($"{address} on {address.Chain}")
    .Print();

DateOnly[] days = [new(2022, 3, 23), new(2022, 4, 14), .. lists.AddressLists.Select(l => l.AsOf)];
Console.WriteLine();
days.Distinct().Order().ToTable(
    ("as of", day => day),
    ("entries that match", day => lists.Screen(address, day).Matches.Count),
    ("in force", day => lists.Screen(address, day).IsInForce))
    .Noted(today.Statement)
    .Print();

Designation? first = today.Matches.Select(m => m.Entry).OfType<Designation>().MinBy(d => d.CameOn.NotBefore);
Console.WriteLine(first is null
    ? $"\nNo sanctions list at hand names {address}; {today.Matches.Count} attributions do."
    : $"\n{first.Authority} put {address} on {first.List} on {first.CameOn}, as an address of {first.Entity}.");
return 0;
