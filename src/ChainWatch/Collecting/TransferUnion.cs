using System.Runtime.InteropServices;
using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>
/// Passes on what several answers say of the same transfers, each transfer once. Every answer about an address tells all
/// transfers of that address, equal ones as often as they happened: so a transfer happened as often as the answer says that
/// tells it most often.
/// </summary>
internal sealed class TransferUnion(ITransferSink inner) : ITransferSink
{
    private readonly Dictionary<Transfer, int> _passed = [];
    private readonly Dictionary<Transfer, int> _ofAnswer = [];
    private readonly HashSet<(ChainPosition, TxId?)> _movements = [];

    /// <summary>Transfers and movements passed on.</summary>
    public long Count { get; private set; }

    /// <summary>Begins the next answer.</summary>
    public void BeginAnswer() => _ofAnswer.Clear();

    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        int told = ++CollectionsMarshal.GetValueRefOrAddDefault(_ofAnswer, transfer, out _);
        ref int passed = ref CollectionsMarshal.GetValueRefOrAddDefault(_passed, transfer, out _);
        if (told > passed)
        {
            passed = told;
            Count++;
            inner.Add(transfer, origin);
        }
    }

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        if (_movements.Add((movement.Position, movement.Tx)))
        {
            Count++;
            inner.Add(movement, origin);
        }
    }

    /// <inheritdoc/>
    public void AddContract(Address contract) => inner.AddContract(contract);
}
