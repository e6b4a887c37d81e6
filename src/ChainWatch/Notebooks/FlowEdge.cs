using System.Numerics;

namespace ChainWatch.Notebooks;

/// <summary>All transfers of one asset from one address to another that carried funds of the lists.</summary>
internal sealed class FlowEdge(FlowNode from, FlowNode to, Asset asset)
{
    public FlowNode From => from;

    public FlowNode To => to;

    public Asset Asset => asset;

    public BigInteger Units { get; set; }

    public int Transfers { get; set; }

    public DateTimeOffset? First { get; set; }

    public DateTimeOffset? Last { get; set; }

    /// <summary>Takes other transfers in.</summary>
    public void Add(BigInteger units, int transfers, DateTimeOffset? first, DateTimeOffset? last)
    {
        Units += units;
        Transfers += transfers;
        First = First < first ? First : first ?? First;
        Last = Last > last ? Last : last ?? Last;
    }
}
