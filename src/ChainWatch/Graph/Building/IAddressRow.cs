namespace ChainWatch.Graph.Building;

/// <summary>How the addresses of a chain lie in rows of one size. For those kept as text a row says no more than that.</summary>
internal unsafe interface IAddressRow
{
    /// <summary>The row's size in bytes.</summary>
    static abstract int Size { get; }

    /// <summary>The hash of a row that holds an address.</summary>
    static abstract ulong Hash(byte* row, in AddressHash hash);

    /// <summary>Writes an address with a payload.</summary>
    static abstract void Write(in Address address, byte* row);

    /// <summary>Writes the row of an address kept as text.</summary>
    static abstract void WriteText(byte* row);

    /// <summary>True for the row of an address kept as text, and perhaps for one more.</summary>
    static abstract bool MayBeText(byte* row);

    /// <summary>Whether two rows hold the same address.</summary>
    static abstract bool AreSame(byte* x, byte* y);

    /// <summary>Copies a row.</summary>
    static abstract void Copy(byte* from, byte* to);

    /// <summary>The address that a row holds.</summary>
    static abstract Address Read(Chain chain, byte* row);
}
