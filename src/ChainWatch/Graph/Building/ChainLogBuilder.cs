using ChainWatch.Sources;

namespace ChainWatch.Graph.Building;

/// <summary>Collects one chain's movements and makes its log. Columns are filled on other threads.</summary>
internal sealed class ChainLogBuilder(Chain chain, BuildRoom room) : IDisposable
{
    private readonly RowIntake _intake = new(chain, room);
    private readonly AssetNumbers _assets = new();
    private readonly List<(Movement Movement, int File, int Line)> _movements = [];
    private readonly List<string> _files = [];
    private readonly HashSet<Address> _contracts = [];
    private TransferBatch _batch = new(chain);
    private BatchPipe? _pipe;
    private long _lastBlock = -1;
    private int _lastIndex = -1;

    /// <summary>Inputs whose owner is not known.</summary>
    public long UnknownInputs { get; private set; }

    /// <summary>What is at hand of the chain; null where it holds no movement.</summary>
    public ChainCoverage? Coverage { get; private set; }

    /// <summary>Rows that were the same as another and were counted once, by the file of the row left out.</summary>
    public IReadOnlyDictionary<string, long> DuplicatesByFile { get; private set; } = new Dictionary<string, long>();

    public void Add(in Transfer transfer, RowOrigin origin)
    {
        if (_batch.IsFull)
        {
            HandOver();
        }

        _batch.Add(transfer, _assets.NumberOf(transfer.Asset), FileNumber(origin.File), origin.Line);
        Place(transfer.Position);
    }

    public void Add(in EvmTransfer transfer, in Asset asset, RowOrigin origin)
    {
        if (_batch.IsFull)
        {
            HandOver();
        }

        _batch.Add(transfer, _assets.NumberOf(asset), FileNumber(origin.File), origin.Line);
        Place(transfer.Position);
    }

    public void Add(Movement movement, RowOrigin origin)
    {
        _assets.NumberOf(movement.Asset);
        _movements.Add((movement, FileNumber(origin.File), origin.Line));
    }

    public void AddContract(Address contract) => _contracts.Add(contract);

    /// <exception cref="ChainWatchException">Rows contradict one another, or the disk is full or does not work.</exception>
    public ChainLog Build()
    {
        _pipe?.Finish();
        _intake.Take(_batch);
        List<Movement> movements = _movements.ConvertAll(m => m.Movement);
        UnknownInputs = new CoinResolver(chain, movements).Resolve();
        TakeMovements(movements);
        CanonicalRanks ranks = _intake.Addresses.Canonical(room.Threads, room.CancellationToken);
        RankedAddresses addresses = new(_intake.Addresses, ranks);
        (Asset[] assets, int[] assetRankOf) = _assets.Sort();
        RowErrors errors = new(chain, _files);
        LogFinisher finisher = new(chain, room, errors);
        LogRun run = _intake.Run;
        run.Positions.Close();
        if (_intake.Strays.Count == 0 && !run.IsTied)
        {
            // Everything came in order: the rows are the log.
            ColumnMap.Replace(run.Sources.Store!, ranks.RankOf);
            ColumnMap.Replace(run.Targets.Store!, ranks.RankOf);
            run.RenumberAssets(assetRankOf);
            (ChainLog log, Coverage) = finisher.Finish(run, null, [], movements, null, assets, addresses, _contracts);
            return log;
        }

        LogOrderer orderer = new(chain, room, ranks.RankOf, assetRankOf, movements, errors);
        using (orderer.Log)
        using (orderer.TxKeys)
        {
            orderer.Order(run, _intake.Strays);
            run.Dispose();
            DuplicatesByFile = orderer.Duplicates.ToDictionary(d => _files[d.Key], d => d.Value, StringComparer.Ordinal);
            (ChainLog log, Coverage) = finisher.Finish(orderer.Log, orderer.TxKeys, orderer.Disorder, orderer.Multis.Select(m => movements[m]), orderer.Contradiction, assets, addresses, _contracts);
            return log;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipe?.Dispose();
        _pipe = null;
        _intake.Dispose();
    }

    // Known before anything else is done with it: most stages of the intake do not wait for one another.
    private void Place(in ChainPosition position)
    {
        (long block, int index) = (position.Block, position.Index ?? -1);
        if (block > _lastBlock || (block == _lastBlock && index >= _lastIndex))
        {
            (_lastBlock, _lastIndex) = (block, index);
        }
        else
        {
            _batch.MarkStray();
        }
    }

    private void HandOver()
    {
        if (room.Threads > 1)
        {
            _pipe ??= new BatchPipe(() => new TransferBatch(chain), room.Threads, _intake.Stages);
            _batch = _pipe.Exchange(_batch);
            return;
        }

        _intake.Take(_batch);
        _batch.Clear();
    }

    private void TakeMovements(List<Movement> movements)
    {
        for (int i = 0; i < movements.Count; i++)
        {
            room.CancellationToken.ThrowIfCancellationRequested();
            Movement movement = movements[i];
            foreach (MovementInput input in movement.Inputs)
            {
                Number(input.Owner);
            }

            foreach (MovementOutput output in movement.Outputs)
            {
                Number(output.Owner);
            }

            _intake.Take(new BuildRow
            {
                Block = movement.Position.Block,
                Index = movement.Position.Index ?? -1,
                Source = -1,
                Target = -1,
                Asset = _assets.NumberOf(movement.Asset),
                Multi = i,
                File = _movements[i].File,
                Line = _movements[i].Line,
                HasTx = movement.Tx is not null,
                Tx = movement.Tx.GetValueOrDefault(),
                Time = movement.Time is DateTimeOffset time ? time.UtcTicks + 1 : 0,
            });
        }
    }

    private void Number(Address? owner)
    {
        if (owner is Address address)
        {
            _intake.Addresses.NumberOf(address);
        }
    }

    private int FileNumber(string? file)
    {
        if (file is null)
        {
            return -1;
        }

        if (_files.Count == 0 || !ReferenceEquals(_files[^1], file))
        {
            int known = _files.IndexOf(file);
            if (known >= 0)
            {
                return known;
            }

            _files.Add(file);
        }

        return _files.Count - 1;
    }
}
