using System.Buffers.Binary;
using ChainWatch.Graph;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>The transfers that come after a history.</summary>
internal sealed class NextTransfers
{
    // What SyntheticGraph takes for a hub, by what it became.
    private const int HubDegree = 1000;
    private readonly ChainLog _history;
    private readonly BlockShape _shape;
    private readonly SplitMix _random;
    private readonly int[] _degrees;

    public NextTransfers(ChainLog history, BlockShape shape, SplitMix random)
    {
        (_history, _shape, _random) = (history, shape, random);
        _degrees = new int[shape == BlockShape.AsHistory ? history.AddressTable.Length : 0];
        for (int i = 0; i < history.Entries.Length && shape == BlockShape.AsHistory; i++)
        {
            _degrees[history.Entries.SourceOf(i)[0]]++;
            _degrees[history.Entries.TargetOf(i)[0]]++;
        }
    }

    public (Address From, Address To) Take()
    {
        if (_shape == BlockShape.AsHistory)
        {
            return (_history.AddressTable[Payer()], Payee() is int known ? _history.AddressTable[known] : New());
        }

        return (_history.AddressTable[Any()], _shape == BlockShape.OneInSixNew && _random.Below(6) == 0 ? New() : _history.AddressTable[Any()]);
    }

    // The shares are those of SyntheticGraph.
    private int Payer()
    {
        double choice = _random.Unit();
        int payer = choice < 0.14 ? Hub()
            : choice < 0.62 ? Target(_history.Entries.Length - 1 - (int)(Window * _random.Unit() * _random.Unit() * _random.Unit()))
            : choice < 0.85 ? Target(Entry())
            : choice < 0.93 ? Source(Entry())
            : Any();
        return choice >= 0.14 && _degrees[payer] > HubDegree && _random.Unit() < 0.8 ? Any() : payer;
    }

    // Null: a new address; at the end of the history about one in five.
    private int? Payee()
    {
        double choice = _random.Unit();
        if (choice is >= 0.24 and < 0.44)
        {
            return null;
        }

        int payee = choice < 0.24 ? Hub()
            : choice < 0.66 ? Target(Entry())
            : choice < 0.86 ? Source(_history.Entries.Length - 1 - (int)_random.Below((ulong)Window))
            : Any();
        return choice >= 0.44 && _degrees[payee] > HubDegree && _random.Unit() < 0.8 ? Any() : payee;
    }

    // By their weight: as often as they occur.
    private int Hub()
    {
        for (int tries = 0; tries < 100; tries++)
        {
            int address = Target(Entry());
            if (_degrees[address] > HubDegree)
            {
                return address;
            }
        }

        return Any();
    }

    private int Window => Math.Max(1000, _history.Entries.Length / 200);

    private int Entry() => (int)_random.Below((ulong)_history.Entries.Length);

    private int Any() => (int)_random.Below((ulong)_history.AddressTable.Length);

    private int Source(int entry) => _history.Entries.SourceOf(entry)[0];

    private int Target(int entry) => _history.Entries.TargetOf(entry)[0];

    private Address New()
    {
        Span<byte> payload = stackalloc byte[20];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, _random.Next());
        BinaryPrimitives.WriteUInt64LittleEndian(payload[8..], _random.Next());
        return Address.FromPayload(_history.Chain, AddressKind.Evm, payload);
    }
}
