using System.Numerics;

namespace ChainWatch.Tests.Graph.Building;

/// <summary>Addresses of all kinds, many of them near to one another or at the edges of what a form can hold.</summary>
internal sealed class RandomAddresses(Chain chain, int seed)
{
    private static readonly AddressKind[] BitcoinKinds = [AddressKind.P2Pkh, AddressKind.P2Sh, AddressKind.P2Wpkh, AddressKind.P2Wsh, AddressKind.P2Tr];
    private static readonly string[] Texts = ["1", "11", "2", "3", "3J", "m", "n", "bc1", "bc1p", "bc1pfees", "bc1q", "bc1qzz", "tb1q", "bcrt1", "bcrt1q", "0x", "0x0", "0xff", "~", "A", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT1"];

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _payloads = [];

    public Address Next()
    {
        if (_random.Next(12) == 0 || !chain.CanBeTraced)
        {
            return Text();
        }

        if (chain.IsEvm)
        {
            return Address.FromPayload(chain, AddressKind.Evm, Payload(20));
        }

        AddressKind kind = BitcoinKinds[_random.Next(BitcoinKinds.Length)];
        return Address.FromPayload(chain, kind, Payload(kind is AddressKind.P2Wsh or AddressKind.P2Tr ? 32 : 20));
    }

    public Address[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private Address Text()
    {
        if (chain.IsBitcoin && _random.Next(2) == 0)
        {
            byte[] program = new byte[_random.Next(2, 41)];
            _random.NextBytes(program);
            return Address.FromWitnessProgram(chain, _random.Next(2, 17), program);
        }

        return Address.AsListed(Texts[_random.Next(Texts.Length)] + (_random.Next(3) == 0 ? _random.Next(20).ToString(System.Globalization.CultureInfo.InvariantCulture) : ""), chain);
    }

    private byte[] Payload(int length)
    {
        byte[] payload = new byte[length];
        switch (_random.Next(6))
        {
            case 0:
                payload.AsSpan().Fill(_random.Next(2) == 0 ? (byte)0 : (byte)0xFF);
                payload[^1] ^= (byte)_random.Next(3);
                break;

            case 1:
                // Leading zeros, or ones.
                _random.NextBytes(payload.AsSpan(_random.Next(length)));
                break;

            case 2:
                Boundary(payload);
                break;

            case 3 when _payloads.Count > 0:
                // The beginning of an earlier one, of any length.
                byte[] earlier = _payloads[_random.Next(_payloads.Count)];
                int same = _random.Next(Math.Min(earlier.Length, length) + 1);
                _random.NextBytes(payload);
                earlier.AsSpan(0, same).CopyTo(payload);
                break;

            default:
                _random.NextBytes(payload);
                break;
        }

        _payloads.Add(payload);
        return payload;
    }

    // Where the text of a P2PKH address gets one digit more, give or take one.
    private void Boundary(byte[] payload)
    {
        BigInteger value = (BigInteger.Pow(58, _random.Next(6, 33)) >> 32) + _random.Next(-1, 2);
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(payload.AsSpan(20 - bytes.Length));
    }
}
