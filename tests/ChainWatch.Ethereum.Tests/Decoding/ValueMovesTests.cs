using ChainWatch.Ethereum.Decoding;
using ChainWatch.Ethereum.Tests.Source;

namespace ChainWatch.Ethereum.Tests.Decoding;

/// <summary>What moves value, rule by rule.</summary>
public class ValueMovesTests
{
    private static readonly Address Weth = Address.Parse("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2");
    private readonly ValueMoves _moves = new(Chain.Ethereum, [Weth]);
    private readonly Kept _kept = new();

    [Theory]
    [InlineData(3, 32, 1, 0, 0)]
    [InlineData(4, 0, 0, 1, 0)] // ERC-721
    [InlineData(4, 32, 0, 1, 0)]
    [InlineData(1, 96, 0, 0, 1)] // nothing indexed, as CryptoKitties has it
    [InlineData(3, 64, 0, 0, 1)]
    [InlineData(3, 0, 0, 0, 1)]
    public void TransferEvent_IsOneOfValueOrCounted(int topics, int data, int moves, int pieces, int odd)
    {
        _moves.SendEvent(Event(ValueMoves.TransferTopic, topics, data), default, default, _kept);

        (_kept.Transfers.Count, _moves.Pieces, _moves.OddEvents).ShouldBe((moves, pieces, odd));
    }

    [Fact]
    public void TransferTopic_WithMoreThanAnAddressInIt_IsOdd()
    {
        LogRow log = Event(ValueMoves.TransferTopic, 3, 32);
        log.Topic2 = TxId.Parse(new string('1', 64));
        _moves.SendEvent(log, default, default, _kept);

        _kept.Transfers.ShouldBeEmpty();
        _moves.OddEvents.ShouldBe(1);
    }

    [Fact]
    public void DepositAndWithdrawal_OfTheWrappedCoinAlone()
    {
        foreach (TxId topic in new[] { ValueMoves.DepositTopic, ValueMoves.WithdrawalTopic })
        {
            _moves.SendEvent(Event(topic, 2, 32), At, default, _kept);
            _moves.SendEvent(Event(topic, 2, 32, Weth), At, default, _kept);
        }

        _kept.Transfers.Select(t => (t.From, t.To, t.Asset)).ShouldBe([(Weth, Wallet(1), Asset.Token(Weth)), (Wallet(1), Weth, Asset.Token(Weth))]);
    }

    [Fact]
    public void FailedTransaction_MovesNothing()
    {
        Send(new TransactionRow { Value = Amount.From(5), From = Bytes(1), To = Bytes(2) }, new ReceiptRow { Succeeded = false }, [Event(ValueMoves.TransferTopic, 3, 32)], [Call(0, 1, 2, 5), Call(1, 2, 3, 5)]);

        _kept.Transfers.ShouldBeEmpty();
    }

    [Fact]
    public void ReceiptWithoutStatus_FailedWhereItsTraceDid_ElseIsTakenToHaveSucceeded()
    {
        TransactionRow tx = new() { Value = Amount.From(5), From = Bytes(1), To = Bytes(2) };
        TraceRow failed = Call(0, 1, 2, 5);
        failed.HasError = failed.IsReverted = true;
        Send(tx, default, [], [failed]);
        _kept.Transfers.ShouldBeEmpty();
        Send(tx, default, [], [Call(0, 1, 2, 5)]);
        _kept.Transfers.Count.ShouldBe(1);
        _moves.Notes().ShouldBeEmpty();
        Send(tx, default, [], []);
        _kept.Transfers.Count.ShouldBe(2);
        _moves.Notes().ShouldHaveSingleItem().ShouldContain("before Byzantium");
    }

    [Fact]
    public void Creation_PaysTheContractMade()
    {
        Send(new TransactionRow { Value = Amount.From(5), From = Bytes(1) }, new ReceiptRow { Succeeded = true, Created = Bytes(9) }, [], []);

        _kept.Transfers.Single().To.ShouldBe(Wallet(9));
        _kept.Contracts.ShouldContain(Wallet(9));
    }

    [Fact]
    public void Steps_OnlyCallsCreationsAndSelfdestructsThatStand()
    {
        TraceRow withoutValue = Call(1, 2, 3, 7);
        withoutValue.Kind = TraceKind.CallWithoutValue;
        TraceRow undone = Call(1, 2, 4, 7);
        undone.IsReverted = true;
        TraceRow creation = Call(2, 2, 5, 1);
        creation.Kind = TraceKind.Create;
        TraceRow end = Call(2, 5, 6, 2);
        end.Kind = TraceKind.SelfDestruct;
        Send(new TransactionRow { From = Bytes(1), To = Bytes(2) }, new ReceiptRow { Succeeded = true }, [], [Call(0, 1, 2, 0), Call(1, 2, 7, 3), Call(1, 2, 8, 0), withoutValue, undone, creation, end]);

        _kept.Transfers.Select(t => (t.From, t.To, t.Value.ToString(), t.IsInternal)).ShouldBe([(Wallet(2), Wallet(7), "3", true), (Wallet(2), Wallet(5), "1", true), (Wallet(5), Wallet(6), "2", true)]);
    }

    [Fact]
    public void SelfdestructWithoutPayee_IsAGap()
    {
        TraceRow untold = new() { Kind = TraceKind.SelfDestruct, Depth = 1 };
        Send(new TransactionRow { From = Bytes(1), To = Bytes(2) }, new ReceiptRow { Succeeded = true }, [], [Call(0, 1, 2, 0), untold]);

        _kept.Transfers.ShouldBeEmpty();
        _moves.Gaps().ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""[{"type":"call","action":{"callType":"teleport","from":"A","to":"B","value":"0x5"},"subtraces":0,"traceAddress":[],"transactionPosition":0}]""")]
    [InlineData("""[{"type":"call","action":{"from":"A","to":"B","value":"0x5"},"subtraces":0,"traceAddress":[],"transactionPosition":0}]""")]
    [InlineData("""[{"type":"burn","action":{"from":"A","to":"B","value":"0x5"},"subtraces":0,"traceAddress":[],"transactionPosition":0}]""")]
    public void StepOfAnUnknownKind_IsNotGuessed(string json)
    {
        Should.Throw<EthereumFormatException>(() => ParityTraceDecoder.DecodeWhole(Traces(json), []));
        Should.Throw<EthereumFormatException>(() => CallTracerDecoder.DecodeTransaction(Traces("""{"type":"TELEPORT","from":"A","to":"B","value":"0x5"}"""), 0, []));
    }

    [Fact]
    public void WithdrawalsAndRewards_ComeFromNobody_AfterAllTransactions()
    {
        Block block = new() { Height = 7, Time = DateTimeOffset.UnixEpoch, TransactionCount = 0 };
        block.Withdrawals.Add(new WithdrawalRow(Bytes(3), 45_762_059));
        TraceRow reward = Call(0, 0, 4, 5);
        (reward.Kind, reward.TxIndex) = (TraceKind.Reward, -1);
        _moves.Send(block, new Receipts(), [reward], _kept);

        _kept.Transfers.ShouldBeEmpty();
        _kept.Movements.Select(m => (m.Inputs.Count, m.Outputs.Single().Owner!.Value, m.Outputs.Single().Value.ToString(), m.Position.Index)).ShouldBe([(0, Wallet(3), "45762059000000000", 0), (0, Wallet(4), "5", 0)]);
    }

    [Theory]
    [InlineData("""[{"type":"call","action":{"callType":"call","from":"A","to":"B","value":"0x5"},"subtraces":1,"traceAddress":[],"transactionPosition":0}]""")]
    [InlineData("""[{"type":"call","action":{"callType":"call","from":"A","to":"B","value":"0x5"},"subtraces":0,"traceAddress":[],"transactionPosition":0},{"type":"call","action":{"callType":"call","from":"A","to":"B","value":"0x5"},"subtraces":0,"traceAddress":[0],"transactionPosition":0}]""")]
    [InlineData("""[{"type":"call","action":{"callType":"call","from":"A","to":"B","value":"0x5"},"subtraces":0,"traceAddress":[0],"transactionPosition":0}]""")]
    public void MissingStep_IsSeen(string json) =>
        Should.Throw<EthereumFormatException>(() => ParityTraceDecoder.DecodeWhole(Traces(json), [])).Message.ShouldContain("the answer is not whole");

    [Fact]
    public void FailedStep_UndoesWhatItCalled_InBothForms()
    {
        List<TraceRow> parity = [];
        ParityTraceDecoder.DecodeWhole(
            Traces("""
                [{"type":"call","action":{"callType":"call","from":"A","to":"B","value":"0x0"},"subtraces":2,"traceAddress":[],"transactionPosition":0},
                {"type":"call","error":"Reverted","action":{"callType":"call","from":"B","to":"A","value":"0x5"},"subtraces":1,"traceAddress":[0],"transactionPosition":0},
                {"type":"call","action":{"callType":"call","from":"A","to":"B","value":"0x6"},"subtraces":0,"traceAddress":[0,0],"transactionPosition":0},
                {"type":"call","action":{"callType":"call","from":"B","to":"A","value":"0x7"},"subtraces":0,"traceAddress":[1],"transactionPosition":0}]
                """),
            parity);
        List<TraceRow> geth = [];
        CallTracerDecoder.DecodeTransaction(
            Traces("""
                {"type":"CALL","from":"A","to":"B","value":"0x0","calls":[
                {"type":"CALL","from":"B","to":"A","calls":[{"type":"CALL","from":"A","to":"B","value":"0x6"}],"value":"0x5","error":"execution reverted"},
                {"type":"DELEGATECALL","from":"B","to":"A","value":"0x9"},
                {"type":"CALL","from":"B","to":"A","value":"0x7"}]}
                """),
            0,
            geth);

        parity.Where(r => r.MovesInside).Select(r => r.Value.ToString()).ShouldBe(["7"]);
        geth.Where(r => r.MovesInside).Select(r => r.Value.ToString()).ShouldBe(["7"]);
    }

    private static ChainPosition At => new(Chain.Ethereum, 7, 0);

    private static byte[] Traces(string json) => System.Text.Encoding.UTF8.GetBytes(json
        .Replace("\"A\"", $"\"{Wallet(1).ToCanonicalString()}\"", StringComparison.Ordinal).Replace("\"B\"", $"\"{Wallet(2).ToCanonicalString()}\"", StringComparison.Ordinal));

    private void Send(TransactionRow tx, ReceiptRow receipt, LogRow[] logs, TraceRow[] steps) => _moves.Send(tx, receipt, logs, steps, 7, default, _kept);

    private static TraceRow Call(int depth, int from, int to, ulong value) => new() { Kind = TraceKind.Call, Depth = depth, From = Bytes(from), To = Bytes(to), Value = Amount.From(value) };

    private static LogRow Event(TxId topic, int topics, int data, Address? contract = null) => new()
    {
        Contract = Bytes20.Of(contract ?? Wallet(100)),
        TopicCount = topics,
        Topic0 = topic,
        Topic1 = Topic(1),
        Topic2 = Topic(2),
        DataLength = data,
        Data = Amount.From(5),
    };

    private static TxId Topic(int wallet) => TxId.Parse(Wallet(wallet).ToCanonicalString()[2..].PadLeft(64, '0'));

    private static Address Wallet(int number) => Bytes(number).On(Chain.Ethereum);

    private static Bytes20 Bytes(int number)
    {
        byte[] bytes = new byte[20];
        (bytes[0], bytes[19]) = (0xA0, (byte)number);
        return new Bytes20(bytes);
    }
}
