using System.Globalization;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>Makes the movements of one block of the files after the other; keeps its buffers. For one thread at a time.</summary>
internal sealed class BlockFileReader
{
    private readonly TransactionHasher _hasher = new();
    private byte[] _block = [];
    private byte[] _undo = [];
    private SpentOutput[] _spent = new SpentOutput[64];
    private byte[] _script = new byte[UndoOutput.LongestScript];

    /// <summary>Reads a block, and what it spent where the undo data are there.</summary>
    /// <exception cref="BitcoinFormatException">The block or its undo data are malformed, or the block is not what its header says. The message names the file.</exception>
    public BlockFileAnswer Read(BlockFolder files, Chain chain, BlockLocation location)
    {
        ReadOnlySpan<byte> bytes = files.ReadBlock(location, ref _block);
        try
        {
            int length = _hasher.Verify(bytes);
            if (length != bytes.Length)
            {
                throw new BitcoinFormatException(length, $"{bytes.Length - length} bytes follow the last transaction; expected none");
            }

            // The genesis block spends nothing, and Core keeps no undo data for it.
            if (location.Height > 0 && files.TryReadUndo(location, ref _undo, out ReadOnlySpan<byte> undo))
            {
                return Make(bytes, undo, chain, location);
            }

            return Make(bytes, default, chain, location);
        }
        catch (BitcoinFormatException e)
        {
            throw new BitcoinFormatException(string.Create(CultureInfo.InvariantCulture, $"blk{location.FileNumber:00000}.dat: block {location.Height} at byte {location.Offset}: {e.Message}"), e);
        }
    }

    private BlockFileAnswer Make(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> undoBytes, Chain chain, BlockLocation location)
    {
        BlockView block = new(bytes);
        TransactionMovements movements = new(chain);
        Movement[] made = new Movement[block.TransactionCount];
        UndoReader undo = undoBytes.IsEmpty ? default : new UndoReader(undoBytes);
        for (int i = 0; block.Read(out TransactionView transaction); i++)
        {
            ReadOnlySpan<SpentOutput> spent = default;
            if (!undoBytes.IsEmpty && i > 0)
            {
                spent = ReadSpent(ref undo, transaction.InputCount, movements);
            }

            made[i] = movements.Make(transaction, _hasher[i], new ChainPosition(chain, location.Height, i), location.Time, spent);
        }

        if (!undoBytes.IsEmpty)
        {
            undo.End();
        }

        return new BlockFileAnswer(made, movements.WithoutAddress);
    }

    private ReadOnlySpan<SpentOutput> ReadSpent(scoped ref UndoReader undo, int inputs, TransactionMovements movements)
    {
        undo.NextTransaction(inputs);
        if (_spent.Length < inputs)
        {
            _spent = new SpentOutput[Math.Max(inputs, 2 * _spent.Length)];
        }

        for (int k = 0; k < inputs; k++)
        {
            UndoOutput output = undo.NextInput();
            int length = output.WriteScript(_script);
            _spent[k] = movements.Spent((ulong)output.Value, _script.AsSpan(0, length));
        }

        return _spent.AsSpan(0, inputs);
    }
}

/// <summary>What a block of the files holds.</summary>
/// <param name="Movements">Its transactions, in their order.</param>
/// <param name="WithoutAddress">The outputs without an address that were met.</param>
internal sealed record BlockFileAnswer(IReadOnlyList<Movement> Movements, ScriptTally WithoutAddress);
