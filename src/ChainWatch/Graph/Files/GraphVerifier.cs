using System.Globalization;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>Checks a whole graph file: every page against its checksum, every number against what it counts, and the order of everything.</summary>
internal sealed class GraphVerifier
{
    private readonly string _name;
    private readonly ChainLog _log;

    private GraphVerifier(string name, ChainLog log) => (_name, _log) = (name, log);

    public static void Verify(GraphFile file, CancellationToken cancellationToken)
    {
        foreach (PartReader part in file.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            part.Require(0, part.Length);
        }

        if (file.Committed < file.Length)
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: the last {file.Length - file.Committed} bytes, from byte {file.Committed} on, are no finished part; expected the file to end with one"));
        }

        try
        {
            foreach (ChainLog log in file.Read().Chains)
            {
                new GraphVerifier(file.Name, log).Verify(cancellationToken);
            }
        }
        catch (Exception e) when (e is OverflowException or ArgumentException or FormatException)
        {
            throw new ChainWatchException($"{file.Name}: no graph file of ours: {e.Message}", e);
        }

        GC.KeepAlive(file);
    }

    private void Verify(CancellationToken cancellationToken)
    {
        VerifyAddresses(cancellationToken);
        BlockColumn blocks = _log.BlockTable;
        RequireAscending("blocks' heights", blocks.Heights, strictly: true);
        RequireAscending("blocks' first positions", blocks.FirstGroups, strictly: true);
        RequireAscending("positions' first movements", _log.Groups.Starts, strictly: true);
        Require((_log.Groups.Length == 0) == (_log.Entries.Length == 0) && (blocks.Length == 0) == (_log.Groups.Length == 0), "positions without movements, or blocks without positions");
        Require(blocks.Length == 0 || (blocks.FirstGroups[0] == 0 && _log.Groups.StartOf(0) == 0), "movements before the first position");
        Require(blocks.Length == 0 || blocks.FirstGroups.At(blocks.Length - 1) < _log.Groups.Length, "a block behind the last position");
        Require(_log.Groups.Length == 0 || _log.Groups.StartOf(_log.Groups.Length - 1) < _log.Entries.Length, "a position behind the last movement");
        for (int b = 0; b < blocks.Length; b++)
        {
            BlockInfo block = blocks[b];
            for (int g = 1; g < block.GroupCount; g++)
            {
                Require(_log.Groups.IndexOf(block.FirstGroup + g) > _log.Groups.IndexOf(block.FirstGroup + g - 1) && _log.Groups.IndexOf(block.FirstGroup) >= 0, $"the positions of block {block.Height} not ascending");
            }
        }

        VerifyEntries(cancellationToken);
        RequireAscending("contracts", _log.Columns.Contracts, strictly: true);
        RequireBelow("contracts", _log.Columns.Contracts, _log.AddressTable.Length);
        RequireAscending("movements of blocks without order", _log.Columns.DisorderEntries, strictly: true);
        VerifyMultis();
        if (_log.Columns.Index is LogIndex index)
        {
            new IndexVerifier(_log, cancellationToken).Verify(index);
        }
    }

    private void VerifyAddresses(CancellationToken cancellationToken)
    {
        AddressColumn addresses = _log.AddressTable;
        for (int i = 1; i < addresses.Length; i++)
        {
            if ((i & 0xffff) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Require(addresses[i - 1].CompareTo(addresses[i]) < 0, $"address {i} not behind the one before it");
        }
    }

    private void VerifyEntries(CancellationToken cancellationToken)
    {
        EntryColumn entries = _log.Entries;
        int multis = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            if ((i & 0xffff) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            LogEntry entry = entries[i];
            Require(entry.Multi < 0 || entry.Multi == multis++, $"movement {i} out of turn");
            Require(entry.Multi >= 0 || ((uint)entry.Source < (uint)_log.AddressTable.Length && (uint)entry.Target < (uint)_log.AddressTable.Length), $"movement {i} with an address that is none");
            Require(entry.Asset < _log.Assets.Length && entry.Tx < _log.Txs.Length, $"movement {i} with an asset or a transaction that is none");
        }

        Require(multis == _log.MultiCount, "movements with several inputs or outputs that stand nowhere");
    }

    private void VerifyMultis()
    {
        MultiColumn multis = _log.Columns.Multis;
        RequireAscending("movements with several inputs or outputs", multis.Entries, strictly: true);
        RequireAscending("movements' inputs", multis.InputStarts, strictly: false);
        RequireAscending("movements' outputs", multis.OutputStarts, strictly: false);
        Require(multis.InputStarts.At(multis.Length) == multis.InputOwners.Count && multis.OutputStarts.At(multis.Length) == multis.OutputOwners.Count, "inputs or outputs of no movement");
        RequireBelow("owners of inputs", multis.InputOwners, _log.AddressTable.Length + 2L);
        RequireBelow("owners of outputs", multis.OutputOwners, _log.AddressTable.Length + 1L);
        RequireBelow("transactions of inputs", multis.InputTxs, _log.Txs.Length + 1L);
        RequireBelow("transactions of outputs", multis.OutputTxs, _log.Txs.Length + 1L);
        for (int m = 0; m < multis.Length; m++)
        {
            Require(_log.Entries.MultiOf(multis.Entries.At(m)) == m, $"movement {multis.Entries.At(m)} out of turn");
        }
    }

    private void RequireAscending(string what, NumberColumn numbers, bool strictly)
    {
        for (int i = 1; i < numbers.Count; i++)
        {
            Require(strictly ? numbers[i - 1] < numbers[i] : numbers[i - 1] <= numbers[i], $"{what} not ascending");
        }
    }

    private void RequireBelow(string what, NumberColumn numbers, long limit)
    {
        for (int i = 0; i < numbers.Count; i++)
        {
            Require(numbers[i] < (ulong)limit, $"{what}: one that is none");
        }
    }

    private void Require(bool condition, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("condition")] Complaint found)
    {
        if (!condition)
        {
            throw new ChainWatchException($"{_name}: no graph file of ours: {_log.Chain} has {found.ToString()}");
        }
    }

    private void Require(bool condition, string found)
    {
        if (!condition)
        {
            throw new ChainWatchException($"{_name}: no graph file of ours: {_log.Chain} has {found}");
        }
    }

    // Written only where it is needed: there is a check for every movement.
    [System.Runtime.CompilerServices.InterpolatedStringHandler]
    private ref struct Complaint
    {
        private System.Runtime.CompilerServices.DefaultInterpolatedStringHandler _text;

        public Complaint(int literal, int formatted, bool condition, out bool isNeeded)
        {
            isNeeded = !condition;
            _text = isNeeded ? new(literal, formatted, CultureInfo.InvariantCulture) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public override string ToString() => _text.ToStringAndClear();
    }
}
