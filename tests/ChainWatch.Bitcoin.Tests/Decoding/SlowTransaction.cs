using System.Security.Cryptography;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>The slow twin of TransactionView: reads with a BinaryReader, copies everything, writes itself back for its ids.</summary>
internal sealed record SlowTransaction(int Version, SlowInput[] Inputs, SlowOutput[] Outputs, byte[][][]? Witness, uint LockTime)
{
    public string Id => Written(Hash(Write(withWitness: false)));

    public string WitnessId => Written(Hash(Write(withWitness: true)));

    public static byte[] Hash(byte[] bytes) => SHA256.HashData(SHA256.HashData(bytes));

    public static string Written(byte[] hash) => Convert.ToHexStringLower([.. hash.Reverse()]);

    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static SlowTransaction Read(BinaryReader reader)
    {
        int version = (int)UInt32(reader);
        ulong inputCount = Size(reader);
        bool hasWitness = inputCount == 0;
        if (hasWitness)
        {
            Require(Take(reader, 1)[0] == 1);
            inputCount = Size(reader);
        }

        Require(inputCount > 0);
        List<SlowInput> inputs = [];
        for (ulong i = 0; i < inputCount; i++)
        {
            inputs.Add(new SlowInput(Take(reader, 32), UInt32(reader), Take(reader, Size(reader)), UInt32(reader)));
        }

        ulong outputCount = Size(reader);
        Require(outputCount > 0);
        List<SlowOutput> outputs = [];
        for (ulong i = 0; i < outputCount; i++)
        {
            outputs.Add(new SlowOutput(BitConverter.ToUInt64(Take(reader, 8)), Take(reader, Size(reader))));
        }

        List<byte[][]> witness = [];
        for (int i = 0; hasWitness && i < inputs.Count; i++)
        {
            ulong itemCount = Size(reader);
            List<byte[]> items = [];
            for (ulong k = 0; k < itemCount; k++)
            {
                items.Add(Take(reader, Size(reader)));
            }

            witness.Add([.. items]);
        }

        Require(!hasWitness || witness.Exists(items => items.Length > 0));
        return new SlowTransaction(version, [.. inputs], [.. outputs], hasWitness ? [.. witness] : null, UInt32(reader));
    }

    public byte[] Write(bool withWitness)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(Version);
        if (withWitness && Witness != null)
        {
            writer.Write((byte)0);
            writer.Write((byte)1);
        }

        WriteSize(writer, Inputs.Length);
        foreach (SlowInput input in Inputs)
        {
            writer.Write(input.PreviousId);
            writer.Write(input.PreviousIndex);
            WriteSize(writer, input.Script.Length);
            writer.Write(input.Script);
            writer.Write(input.Sequence);
        }

        WriteSize(writer, Outputs.Length);
        foreach (SlowOutput output in Outputs)
        {
            writer.Write(output.Value);
            WriteSize(writer, output.Script.Length);
            writer.Write(output.Script);
        }

        foreach (byte[][] items in withWitness && Witness != null ? Witness : [])
        {
            WriteSize(writer, items.Length);
            foreach (byte[] item in items)
            {
                WriteSize(writer, item.Length);
                writer.Write(item);
            }
        }

        writer.Write(LockTime);
        writer.Flush();
        return stream.ToArray();
    }

    public static ulong Size(BinaryReader reader)
    {
        byte first = Take(reader, 1)[0];
        (ulong value, ulong least) = first switch
        {
            0xfd => (BitConverter.ToUInt16(Take(reader, 2)), 0xfdul),
            0xfe => (BitConverter.ToUInt32(Take(reader, 4)), 0x10000ul),
            0xff => (BitConverter.ToUInt64(Take(reader, 8)), 0x100000000ul),
            _ => (first, 0ul),
        };
        Require(value >= least);
        return value;
    }

    public static void WriteSize(BinaryWriter writer, int value)
    {
        if (value < 0xfd)
        {
            writer.Write((byte)value);
        }
        else if (value <= 0xffff)
        {
            writer.Write((byte)0xfd);
            writer.Write((ushort)value);
        }
        else
        {
            writer.Write((byte)0xfe);
            writer.Write(value);
        }
    }

    private static uint UInt32(BinaryReader reader) => BitConverter.ToUInt32(Take(reader, 4));

    private static byte[] Take(BinaryReader reader, ulong length)
    {
        Require(length <= (ulong)(reader.BaseStream.Length - reader.BaseStream.Position));
        return reader.ReadBytes((int)length);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidDataException();
        }
    }
}

internal sealed record SlowInput(byte[] PreviousId, uint PreviousIndex, byte[] Script, uint Sequence);

internal sealed record SlowOutput(ulong Value, byte[] Script);
