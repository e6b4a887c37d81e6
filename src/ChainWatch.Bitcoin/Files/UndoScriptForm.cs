namespace ChainWatch.Bitcoin.Files;

/// <summary>How undo data keep a script; the numbers are those in the files.</summary>
internal enum UndoScriptForm
{
    /// <summary>P2PKH: the hash of the key.</summary>
    PublicKeyHash = 0,

    /// <summary>P2SH: the hash of the script.</summary>
    ScriptHash = 1,

    /// <summary>P2PK, compressed key with an even y.</summary>
    EvenKey = 2,

    /// <summary>P2PK, compressed key with an odd y.</summary>
    OddKey = 3,

    /// <summary>P2PK, uncompressed key whose y is even.</summary>
    EvenKeyUncompressed = 4,

    /// <summary>P2PK, uncompressed key whose y is odd.</summary>
    OddKeyUncompressed = 5,

    /// <summary>The script as it is. In the files this number and those above it are its length plus 6.</summary>
    Whole = 6,
}
