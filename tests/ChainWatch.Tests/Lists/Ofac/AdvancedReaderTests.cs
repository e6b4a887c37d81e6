using ChainWatch.Lists.Ofac;

namespace ChainWatch.Tests.Lists.Ofac;

// Live memory is measured: nothing else may run meanwhile.
[CollectionDefinition(nameof(AdvancedReaderTests), DisableParallelization = true)]
[Collection(nameof(AdvancedReaderTests))]
public class AdvancedReaderTests
{
    [Fact]
    public void Read_FileOfFullSize_KeepsMemoryConstant()
    {
        using GeneratedSdn stream = new(parties: 19_000, bytesPerParty: 5_500);

        OfacPublication sdn = OfacSdn.Read(stream, "SDN_ADVANCED.XML");

        stream.Given.ShouldBeGreaterThan(120_000_000);
        sdn.PartyCount.ShouldBe(19_000);
        sdn.Addresses.Count.ShouldBe(950);
        OfacAddress last = sdn.Addresses[^1];
        last.Address.ShouldBe(Address.Parse(GeneratedSdn.AddressOf(19_000)));
        last.EntityName.ShouldBe("Party 19000");
        last.EntityListed.ShouldBe(new DateOnly(2000, 1, 2));
        last.Programs.ShouldBe(["PROGRAM2"]);
        stream.Probes.ShouldBeGreaterThanOrEqualTo(7);
        stream.LiveMax.ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public void Read_TwoNamesAndProfiles_TakesThePrimaryLatinName()
    {
        string xml = SdnXml.Advanced().Replace("<DocumentedName ID=\"327307\"", "<DocumentedName ID=\"4\" DocNameStatusID=\"2\"><DocumentedNamePart><NamePartValue>Лазарь</NamePartValue></DocumentedNamePart></DocumentedName><DocumentedName ID=\"327307\"", StringComparison.Ordinal);
        using Stream stream = SdnXml.Stream(xml);

        OfacSdn.Read(stream, "sdn").Addresses.Single(a => a.EntityId == "27307").EntityName.ShouldBe("Lazarus Group");
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        using Stream stream = SdnXml.Stream(SdnXml.Advanced());

        Should.Throw<OperationCanceledException>(() => OfacSdn.Read(stream, "sdn", null, source.Token));
    }
}
