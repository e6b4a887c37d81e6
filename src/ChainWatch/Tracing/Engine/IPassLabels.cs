namespace ChainWatch.Tracing.Engine;

/// <summary>The labels of all lanes that one pass carries on: of one, or of up to eight.</summary>
internal interface IPassLabels
{
    /// <summary>Takes the transfers of [from, to): in chain order, or from the end where the lanes are reversed.</summary>
    void Append(in TransferColumns columns, long from, long to);

    /// <summary>The lanes for which an address was reached and is no stop: bit 7 of byte k is lane k, as in <see cref="EightLabels"/>.</summary>
    ulong Leaving(uint address);
}
