using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>An output that a block spent, as undo data keep it: its script stays compressed until it is asked for.</summary>
/// <remarks>Source: Bitcoin Core, src/compressor.cpp and src/undo.h.</remarks>
internal readonly ref struct UndoOutput
{
    /// <summary>Core takes a script beyond this for one that nobody can spend.</summary>
    public const int LongestScript = 10_000;

    private const byte Dup = 0x76;
    private const byte Hash160 = 0xa9;
    private const byte EqualVerify = 0x88;
    private const byte Equal = 0x87;
    private const byte CheckSig = 0xac;
    private const byte Return = 0x6a;

    private readonly int _offset;

    internal UndoOutput(long value, int height, bool isCoinbase, UndoScriptForm form, ReadOnlySpan<byte> payload, int offset)
    {
        (Value, Height, IsCoinbase, Form, _offset) = (value, height, isCoinbase, form, offset);
        Payload = payload;
    }

    /// <summary>In satoshi; 0 to 21,000,000 BTC.</summary>
    public long Value { get; }

    /// <summary>The height of the block that made it; 0 where old versions of Core did not keep it.</summary>
    public int Height { get; }

    /// <summary>True for the output of a coinbase; of no meaning where <see cref="Height"/> is 0.</summary>
    public bool IsCoinbase { get; }

    /// <summary>How the script is kept.</summary>
    public UndoScriptForm Form { get; }

    /// <summary>The hash (20 bytes), the x coordinate of the key (32), or the script itself.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The bytes of the script; at most 10,000.</summary>
    public int ScriptLength => Form switch
    {
        UndoScriptForm.PublicKeyHash => 25,
        UndoScriptForm.ScriptHash => 23,
        UndoScriptForm.EvenKey or UndoScriptForm.OddKey => 35,
        UndoScriptForm.EvenKeyUncompressed or UndoScriptForm.OddKeyUncompressed => 67,
        _ => Payload.Length > LongestScript ? 1 : Payload.Length,
    };

    /// <summary>Writes the script (scriptPubKey).</summary>
    /// <param name="destination">At least <see cref="ScriptLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="BitcoinFormatException">The key is not on the curve.</exception>
    public int WriteScript(Span<byte> destination)
    {
        Span<byte> script = destination[..ScriptLength];
        switch (Form)
        {
            case UndoScriptForm.PublicKeyHash:
                (script[0], script[1], script[2], script[23], script[24]) = (Dup, Hash160, 20, EqualVerify, CheckSig);
                Payload.CopyTo(script[3..]);
                break;
            case UndoScriptForm.ScriptHash:
                (script[0], script[1], script[22]) = (Hash160, 20, Equal);
                Payload.CopyTo(script[2..]);
                break;
            case UndoScriptForm.EvenKey or UndoScriptForm.OddKey:
                (script[0], script[1], script[34]) = (33, (byte)Form, CheckSig);
                Payload.CopyTo(script[2..]);
                break;
            case UndoScriptForm.EvenKeyUncompressed or UndoScriptForm.OddKeyUncompressed:
                (script[0], script[1], script[66]) = (65, 4, CheckSig);
                Payload.CopyTo(script[2..]);
                if (!Secp256k1.TryGetY(Payload, Form == UndoScriptForm.OddKeyUncompressed, script[34..66]))
                {
                    throw new BitcoinFormatException(_offset, "a public key whose x coordinate is not on the curve secp256k1");
                }

                break;
            default:
                if (Payload.Length > LongestScript)
                {
                    script[0] = Return;
                }
                else
                {
                    Payload.CopyTo(script);
                }

                break;
        }

        return script.Length;
    }
}
