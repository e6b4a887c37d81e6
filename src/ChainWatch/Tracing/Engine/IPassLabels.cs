namespace ChainWatch.Tracing.Engine;

/// <summary>The labels of all lanes that one pass carries on: of one, or of up to eight.</summary>
internal interface IPassLabels
{
    /// <summary>Takes the transfers of [from, to): in chain order, or from the end where the lanes are reversed.</summary>
    /// <param name="columns">The transfers.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="scouted">A range with a scout that this one is a part of, in its order.</param>
    void Append(in TransferColumns columns, long from, long to, ScoutedRange? scouted);

    /// <summary>Sends a scout ahead over a range, by the labels of this moment and of the passes over parts of it from now on, until it
    /// is disposed. Null where that does not pay, or the columns do not tell which tails are fresh.</summary>
    ScoutedRange? Scout(in TransferColumns columns, long from, long to);

    /// <summary>The lanes for which an address was reached and is no stop: bit 7 of byte k is lane k, as in <see cref="EightLabels"/>.</summary>
    ulong Leaving(uint address);
}
