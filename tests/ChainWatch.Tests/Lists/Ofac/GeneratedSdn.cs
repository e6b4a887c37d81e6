using ChainWatch.Text;

namespace ChainWatch.Tests.Lists.Ofac;

/// <summary>
/// An SDN_ADVANCED.XML of any size that is made while it is read and cannot seek. Every 20th party has an address. It
/// watches the live memory of its reader.
/// </summary>
internal sealed class GeneratedSdn : ForwardStream
{
    private const int ProbeEvery = 16 << 20;

    private readonly IEnumerator<byte[]> _pieces;
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private byte[] _piece = [];
    private int _position;
    private long _probeAt = ProbeEvery;

    public GeneratedSdn(int parties, int bytesPerParty) => _pieces = Pieces(parties, bytesPerParty).Select(System.Text.Encoding.UTF8.GetBytes).GetEnumerator();

    /// <summary>Bytes given out.</summary>
    public long Given { get; private set; }

    /// <summary>How often the live memory was looked at.</summary>
    public int Probes { get; private set; }

    /// <summary>The most live memory (after a collection) beyond what there was at first, in bytes.</summary>
    public long LiveMax { get; private set; }

    public static string AddressOf(int party) => $"0x{party:x40}";

    public override int Read(Span<byte> buffer)
    {
        while (_position == _piece.Length)
        {
            if (!_pieces.MoveNext())
            {
                return 0;
            }

            (_piece, _position) = (_pieces.Current, 0);
        }

        int given = Math.Min(buffer.Length, _piece.Length - _position);
        _piece.AsSpan(_position, given).CopyTo(buffer);
        _position += given;
        Given += given;
        if (Given >= _probeAt)
        {
            _probeAt += ProbeEvery;
            Probes++;
            LiveMax = Math.Max(LiveMax, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }

        return given;
    }

    private static IEnumerable<string> Pieces(int parties, int bytesPerParty)
    {
        string filler = string.Concat(Enumerable.Repeat("<Feature ID=\"7\" FeatureTypeID=\"104\"><FeatureVersion ID=\"8\"><VersionDetail DetailTypeID=\"1432\">a long remark on something else</VersionDetail></FeatureVersion></Feature>\n", 1 + (bytesPerParty / 170)));
        yield return $"<Sanctions xmlns=\"{SdnXml.AdvancedNew}\"><DateOfIssue><Year>2026</Year><Month>7</Month><Day>30</Day></DateOfIssue>{SdnXml.ReferenceValues()}<DistinctParties>";
        for (int i = 1; i <= parties; i++)
        {
            yield return SdnXml.AdvancedParty($"{i}", "3", $"<NamePartValue>Party {i}</NamePartValue>", i % 20 == 0 ? SdnXml.Feature("345", AddressOf(i)) : "", filler);
        }

        yield return "</DistinctParties><SanctionsEntries>";
        for (int i = 1; i <= parties; i++)
        {
            yield return SdnXml.Entry($"{i}", 2000 + (i % 20), 1, 2, $"PROGRAM{i % 7}");
        }

        yield return "</SanctionsEntries></Sanctions>";
    }
}
