using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Files;

/// <summary>
/// Reads a block's undo data in order: for every transaction but the coinbase the number of its inputs, for every input the output that it spent.
/// Allocates nothing.
/// </summary>
/// <remarks>Source: Bitcoin Core, src/undo.h, src/compressor.cpp, src/serialize.h (VARINT).</remarks>
internal ref struct UndoReader
{
    /// <summary>Nothing can be worth more than all coins.</summary>
    private const ulong MostMoney = 21_000_000UL * 100_000_000;

    // Height and coinbase 1, amount 1, length of the script 1.
    private const int ShortestOutput = 3;

    private readonly ReadOnlySpan<byte> _undo;
    private int _at;
    private int _transactionsLeft;
    private int _inputsLeft;

    /// <summary>Starts with the number of transactions.</summary>
    /// <exception cref="BitcoinFormatException">There is none, or the bytes cannot hold that many.</exception>
    public UndoReader(ReadOnlySpan<byte> undo)
    {
        _undo = undo;
        TransactionCount = CompactSize.ReadCount(_undo, ref _at, 1, "count of transactions");
        _transactionsLeft = TransactionCount;
    }

    /// <summary>The transactions of the block, without the coinbase.</summary>
    public int TransactionCount { get; }

    /// <summary>Goes to the next transaction.</summary>
    /// <param name="expectedInputs">How many inputs the block gives it; negative where that is not known.</param>
    /// <returns>The number of its inputs.</returns>
    /// <exception cref="BitcoinFormatException">No transaction is left, inputs of the last one are, the number is another, or the bytes end.</exception>
    public int NextTransaction(int expectedInputs = -1)
    {
        int start = _at;
        if (_transactionsLeft == 0 || _inputsLeft != 0)
        {
            throw new BitcoinFormatException(start, $"{_inputsLeft} inputs and {_transactionsLeft} transactions are left; expected to go to the next transaction");
        }

        int inputs = CompactSize.ReadCount(_undo, ref _at, ShortestOutput, "count of inputs");
        if (expectedInputs >= 0 && inputs != expectedInputs)
        {
            throw new BitcoinFormatException(start, $"a transaction of {inputs} inputs; expected the {expectedInputs} that the block gives it");
        }

        _transactionsLeft--;
        _inputsLeft = inputs;
        return inputs;
    }

    /// <summary>Reads the output that the next input spent.</summary>
    /// <exception cref="BitcoinFormatException">No input is left, or the bytes are not of the form.</exception>
    public UndoOutput NextInput()
    {
        if (_inputsLeft == 0)
        {
            throw new BitcoinFormatException(_at, "no input is left in this transaction");
        }

        uint code = (uint)ReadNumber(uint.MaxValue);
        int height = (int)(code >> 1);
        if (height > 0)
        {
            // Old versions kept the transaction's version here; it says nothing any more.
            ReadNumber(uint.MaxValue);
        }

        long value = ReadAmount();
        int start = _at;
        uint size = (uint)ReadNumber(uint.MaxValue);
        uint length = size switch { 0 or 1 => 20, <= 5 => 32, _ => size - (uint)UndoScriptForm.Whole };
        if (length > (uint)(_undo.Length - _at))
        {
            throw new BitcoinFormatException(start, $"a script of {length} bytes; expected at most the {_undo.Length - _at} that are left");
        }

        ReadOnlySpan<byte> payload = _undo.Slice(_at, (int)length);
        UndoScriptForm form = size < (uint)UndoScriptForm.Whole ? (UndoScriptForm)size : UndoScriptForm.Whole;
        UndoOutput output = new(value, height, (code & 1) != 0, form, payload, _at);
        _at += (int)length;
        _inputsLeft--;
        return output;
    }

    /// <summary>Says that everything is read.</summary>
    /// <exception cref="BitcoinFormatException">Something is left.</exception>
    public readonly void End()
    {
        if (_transactionsLeft != 0 || _inputsLeft != 0 || _at != _undo.Length)
        {
            throw new BitcoinFormatException(
                _at, $"{_transactionsLeft} transactions, {_inputsLeft} inputs and {_undo.Length - _at} bytes are left; expected the end");
        }
    }

    /// <summary>A number of seven bits a byte, the highest first; every byte but the last has its top bit set and stands for one more.</summary>
    private ulong ReadNumber(ulong most)
    {
        int start = _at;
        ulong number = 0;
        while (_at < _undo.Length)
        {
            byte next = _undo[_at++];
            if (number > most >> 7)
            {
                throw new BitcoinFormatException(start, $"a number above {most}");
            }

            number = (number << 7) | (next & 0x7fUL);
            if (next < 0x80)
            {
                return number;
            }

            if (number == most)
            {
                throw new BitcoinFormatException(start, $"a number above {most}");
            }

            number++;
        }

        throw new BitcoinFormatException(start, "a number that does not end");
    }

    /// <summary>An amount without its trailing zeros: 1 + 10 × (9 × higher digits + last digit - 1) + zeros; with nine zeros the last digit may be any.</summary>
    private long ReadAmount()
    {
        int start = _at;
        ulong code = ReadNumber(ulong.MaxValue);
        if (code == 0)
        {
            return 0;
        }

        (ulong digits, ulong zeros) = Math.DivRem(code - 1, 10UL);
        UInt128 amount = zeros == 9 ? (UInt128)digits + 1 : ((UInt128)(digits / 9) * 10) + (digits % 9) + 1;
        for (ulong i = 0; i < zeros; i++)
        {
            amount *= 10;
        }

        return amount <= MostMoney ? (long)amount : throw new BitcoinFormatException(start, $"an amount of {amount} satoshi; expected at most {MostMoney}");
    }
}
