using System.Buffers.Binary;
using System.Numerics;
using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

public class ScaledBase58Tests
{
    [Fact]
    public void Key_FromThePayload_IsThatOfTheText_OrIsRefused()
    {
        Random random = new(11);
        byte[] payload = new byte[20];
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            payload.AsSpan().Clear();
            random.NextBytes(payload.AsSpan(i % 3 == 0 ? random.Next(20) : 0));
            refused += Check(payload) ? 0 : 1;
        }

        refused.ShouldBeLessThan(10);
    }

    [Fact]
    public void Key_AtTheEdges_IsThatOfTheText_OrIsRefused()
    {
        int refused = 0;
        for (int digits = 6; digits <= 32; digits++)
        {
            for (int step = -60; step <= 60; step++)
            {
                refused += Check(Payload((BigInteger.Pow(58, digits) >> 32) + step)) ? 0 : 1;
            }
        }

        // Payloads whose scaled number ends in ones below the key, so that the checksum may carry into it.
        for (int scale = 0; scale <= 2; scale++)
        {
            for (int step = 1; step < 300; step++)
            {
                BigInteger carry = ((BigInteger.Pow(2, 61) - step) << 100) - 1;
                refused += Check(Payload(carry / BigInteger.Pow(58, scale))) ? 0 : 1;
            }
        }

        refused.ShouldBeGreaterThan(300);
        Check(new byte[20]).ShouldBeFalse();
    }

    private static byte[] Payload(BigInteger value)
    {
        byte[] payload = new byte[20];
        byte[] bytes = (BigInteger.Max(value, 1) % BigInteger.Pow(2, 160)).ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(payload.AsSpan(20 - bytes.Length));
        return payload;
    }

    private static bool Check(byte[] payload)
    {
        bool isTold = ScaledBase58.TryKey(
            BinaryPrimitives.ReadUInt64BigEndian(payload),
            BinaryPrimitives.ReadUInt64BigEndian(payload.AsSpan(8)),
            BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(16)),
            out ulong key,
            out int form);
        if (isTold)
        {
            string text = Address.FromPayload(Chain.Bitcoin, AddressKind.P2Pkh, payload).ToCanonicalString();
            key.ShouldBe(ScaledBase58.KeyOfText(text), text);
            (form & 0xFF).ShouldBe(text.TrimStart('1').Length, text);
            ((form >> 8) + (form & 0xFF) + 1).ShouldBe(text.Length);
        }

        return isTold;
    }
}
