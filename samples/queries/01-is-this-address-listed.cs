#!/usr/bin/env dotnet
#:project ../../src/ChainWatch/ChainWatch.csproj
#:property PublishAot=false

// Is this address listed, by whom, and since when?
//
//   dotnet run samples/queries/01-is-this-address-listed.cs [ADDRESS]
//
// The default is an address of the Ronin theft. Its entity was designated in 2019, the address in 2022: on the day of the
// theft, 2022-03-23, no list named it.

using ChainWatch;
using ChainWatch.Lists;

Address address = Address.Parse(args.Length > 0 ? args[0] : "0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
ListSet lists = ListSet.Embedded;

Console.WriteLine($"{address} on {address.Chain}\n");
foreach (ScreeningMatch match in lists.Screen(address).Matches)
{
    string says = match.Entry switch
    {
        Designation d => $"came on the list {d.CameOn}, went off {d.WentOff?.ToString() ?? "-"}; entity listed {d.EntityListed:yyyy-MM-dd}; programs {string.Join(", ", d.Programs)}",
        Attribution a => $"attributed to {(a.Entity.Length > 0 ? a.Entity : a.Incident)} by {a.Authority}; role {a.Role}",
        _ => "",
    };
    Console.WriteLine($"{match.Status,-10} {match.Entry.List,-16} {match.Entry.Entity}");
    Console.WriteLine($"{"",-10} {says}");
}

Console.WriteLine();
foreach (DateOnly day in new DateOnly[] { new(2022, 3, 23), new(2022, 4, 14), lists["ofac-sdn"].AsOf })
{
    Console.WriteLine($"{day:yyyy-MM-dd}: {lists.Screen(address, day).Statement}");
}
