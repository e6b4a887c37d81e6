using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>
/// Reads the transfers of addresses: tokens by their events, coin by traces or by Otterscan's search. What is found inside a
/// transaction is read with the whole transaction, since only there it shows whether it was undone.
/// </summary>
internal sealed class AddressesQuery(NodeSession session)
{
    private const int AttemptsMax = 3;
    private readonly ValueMoves _moves = session.NewMoves();
    private readonly List<CoverageGap> _gaps = [];
    private readonly List<string> _notes = [];

    public async Task<SourceCoverage> ReadAsync(IReadOnlyList<Address> addresses, TransferSide side, BlockWindow window, ITransferSink sink, CancellationToken cancellationToken)
    {
        HashSet<Bytes20> asked = [.. addresses.Select(Bytes20.Of)];
        if (asked.Overlaps(_moves.Wrapped))
        {
            _gaps.Add(new CoverageGap(GapKind.MissingTransferKind, "a contract that wraps the coin was asked about by address: what others deposited there and withdrew was not seen"));
        }

        for (int attempt = 1; ; attempt++)
        {
            FoundTransfers found = new(asked, side);
            try
            {
                await FindAsync(found, addresses, side, window, cancellationToken).ConfigureAwait(false);
                IReadOnlyDictionary<long, Block> headers = await session.HeadersAsync([.. found.Blocks], cancellationToken).ConfigureAwait(false);
                if (!found.AreOf(headers) && attempt < AttemptsMax)
                {
                    // The chain was reorganised between two answers.
                    session.ForgetHeadersFrom(window.First);
                    continue;
                }

                long rows = await SendAsync(found, headers, sink, cancellationToken).ConfigureAwait(false);
                return session.Coverage(rows, [], _gaps, [.. _notes.Distinct(StringComparer.Ordinal), .. _moves.Notes()]);
            }
            catch (RpcException e) when (e.Kind == RpcErrorKind.BadAnswer && attempt < AttemptsMax)
            {
                session.ForgetHeadersFrom(window.First);
            }
            catch (RpcException e) when (e.Kind is RpcErrorKind.BadAnswer or RpcErrorKind.BlockUnknown or RpcErrorKind.ExecutionError or RpcErrorKind.Fatal or RpcErrorKind.MethodUnsupported)
            {
                _gaps.Add(new CoverageGap(e.Kind == RpcErrorKind.BadAnswer ? GapKind.UnverifiedAnswer : GapKind.MissingBlocks, $"transfers by address in blocks {window.First} to {window.Last} could not be read: {e.Message}"));
                return session.Coverage(0, [], _gaps, _notes);
            }
        }
    }

    private async Task FindAsync(FoundTransfers found, IReadOnlyList<Address> addresses, TransferSide side, BlockWindow window, CancellationToken cancellationToken)
    {
        bool from = side.HasFlag(TransferSide.From);
        bool to = side.HasFlag(TransferSide.To);
        List<Task> work = [];
        if (from)
        {
            work.Add(FindEventsAsync(found, window, [ValueMoves.TransferTopic, ValueMoves.WithdrawalTopic], 1, addresses, cancellationToken));
        }

        if (to)
        {
            work.Add(FindEventsAsync(found, window, [ValueMoves.TransferTopic], 2, addresses, cancellationToken));
            work.Add(FindEventsAsync(found, window, [ValueMoves.DepositTopic], 1, addresses, cancellationToken));
        }

        if (session.Capabilities.TraceFilter)
        {
            work.AddRange(new[] { (Asked: from, From: true), (Asked: to, From: false) }.Where(s => s.Asked).Select(s => FindTracesAsync(found, window, s.From, addresses, cancellationToken)));
        }
        else if (session.Capabilities.Search)
        {
            work.AddRange(addresses.Select(a => SearchAsync(found, window, a, cancellationToken)));
        }

        await Task.WhenAll(work).ConfigureAwait(false);
        await CheckEventsAsync(found, addresses, window, cancellationToken).ConfigureAwait(false);
    }

    private async Task FindEventsAsync(FoundTransfers found, BlockWindow window, TxId[] events, int place, IReadOnlyList<Address> addresses, CancellationToken cancellationToken)
    {
        AdaptiveRange range = session.LogRange(place, events.Length);
        for (long first = window.First; first <= window.Last;)
        {
            long last = Math.Min(window.Last, first + range.Blocks - 1);
            List<LogRow> rows = RowPool<LogRow>.Rent();
            using RpcAnswer answer = await session.Client.TryCallAsync(
                NodeCalls.Logs(first, last, events, place, addresses),
                json => Try(() =>
                {
                    rows.Clear();
                    LogDecoder.Decode(json.Span, rows);
                    if (rows.Exists(r => r.Block < first || r.Block > last || r.IsRemoved))
                    {
                        throw new EthereumFormatException("an event came that is not of the blocks asked for, or that a reorganisation took away");
                    }
                }),
                cancellationToken).ConfigureAwait(false);
            if (answer.Error is RpcException error)
            {
                if (error.Kind != RpcErrorKind.RangeTooWide)
                {
                    throw error;
                }

                if (last > first)
                {
                    range.Refuse(last - first + 1);
                    continue;
                }

                // One block is too much already: its receipts hold the same.
                await ReadEventsOfBlockAsync(found, first, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                range.Accept(last - first + 1);
                found.AddEvents(rows);
                RowPool<LogRow>.Return(rows);
            }

            first = last + 1;
        }
    }

    private async Task ReadEventsOfBlockAsync(FoundTransfers found, long height, CancellationToken cancellationToken)
    {
        Block header = (await session.HeadersAsync([height], cancellationToken).ConfigureAwait(false))[height];
        using Receipts receipts = await session.Reader.ReadReceiptsAsync(header, cancellationToken).ConfigureAwait(false);
        found.SetEventsOfBlock(height, receipts.Logs, _moves);
    }

    private async Task FindTracesAsync(FoundTransfers found, BlockWindow window, bool from, IReadOnlyList<Address> addresses, CancellationToken cancellationToken)
    {
        AdaptiveRange range = session.TraceRange(from);
        for (long first = window.First; first <= window.Last;)
        {
            long last = Math.Min(window.Last, first + range.Blocks - 1);
            List<TraceRow> rows = [];
            using RpcAnswer answer = await session.Client.TryCallAsync(
                NodeCalls.TraceFilter(first, last, from, addresses),
                json => Try(() =>
                {
                    rows.Clear();
                    ParityTraceDecoder.DecodePicked(json.Span, rows);
                }),
                cancellationToken).ConfigureAwait(false);
            if (answer.Error is RpcException error)
            {
                if (error.Kind is not (RpcErrorKind.RangeTooWide or RpcErrorKind.Fatal) || last == first)
                {
                    throw error;
                }

                // Nodes word this limit in many ways; what is wrong for another reason is wrong for one block, too.
                range.Refuse(last - first + 1);
                continue;
            }

            range.Accept(last - first + 1);
            found.AddTraces(rows);
            first = last + 1;
        }
    }

    private async Task SearchAsync(FoundTransfers found, BlockWindow window, Address address, CancellationToken cancellationToken)
    {
        const int page = 25;
        long after = Math.Max(0, window.First - 1);
        while (true)
        {
            SearchPage? result = null;
            using RpcAnswer answer = await session.Client.CallAsync(NodeCalls.SearchAfter(address, after, page), json => Try(() => result = SearchPage.Decode(json.Span)), cancellationToken).ConfigureAwait(false);
            found.AddTransactions(result!.Transactions.Where(t => t.Block >= window.First && t.Block <= window.Last).Select(t => t.Tx));
            long newest = result.Transactions.Count == 0 ? long.MaxValue : result.Transactions.Max(t => t.Block);
            if (result.IsNewest || newest >= window.Last || newest <= after)
            {
                return;
            }

            after = newest;
        }
    }

    /// <summary>
    /// Checks what the node says of events against the blooms of the blocks' headers, also that there are none. A bloom can
    /// rule events out, and never count them: where it leaves it open, the block's receipts are read, and they have to set
    /// exactly the bloom's bits.
    /// </summary>
    private async Task CheckEventsAsync(FoundTransfers found, IReadOnlyList<Address> addresses, BlockWindow window, CancellationToken cancellationToken)
    {
        if (window.Count > session.Options.BloomCheckBlocksMax)
        {
            // At least, the node has to have the last block.
            await session.HeadersAsync([window.Last], cancellationToken).ConfigureAwait(false);
            _notes.Add($"events by address were taken on the endpoint's word: the window has more than {session.Options.BloomCheckBlocksMax} blocks, and their blooms were not read");
            return;
        }

        IReadOnlyDictionary<long, Block> headers = await session.HeadersAsync([.. Enumerable.Range(0, (int)window.Count).Select(i => window.First + i)], cancellationToken).ConfigureAwait(false);
        LogsBloom bloom = new();
        TxId[] topics = [.. addresses.Select(TopicOf)];
        long[] open = [.. headers.Values
            .Where(h => new[] { ValueMoves.TransferTopic, ValueMoves.DepositTopic, ValueMoves.WithdrawalTopic }.Any(e => bloom.MayHold(e, h.LogsBloom)) && Array.Exists(topics, t => bloom.MayHold(t, h.LogsBloom)))
            .Select(h => h.Height).Order()];
        long lost = found.EventBlocks.Except(open).LongCount();
        if (lost > 0)
        {
            throw new RpcException(RpcErrorKind.BadAnswer, $"{session.Client.Endpoint}: eth_getLogs: gave events of {lost} blocks whose blooms rule them out");
        }

        await foreach ((long height, Receipts receipts) in OrderedWork.RunAsync(
            open.Take(session.Options.BloomRereadsMax),
            async (h, token) => (h, await session.Reader.ReadReceiptsAsync(headers[h], token).ConfigureAwait(false)),
            session.Options.BlocksAhead,
            cancellationToken).ConfigureAwait(false))
        {
            found.SetEventsOfBlock(height, receipts.Logs, _moves);
            receipts.Dispose();
        }

        int unread = open.Length - session.Options.BloomRereadsMax;
        if (unread > 0)
        {
            _notes.Add($"events by address were taken on the endpoint's word in blocks whose blooms leave open whether there are more; {session.Options.BloomRereadsMax} such blocks of each query were read whole");
        }
    }

    private async Task<long> SendAsync(FoundTransfers found, IReadOnlyDictionary<long, Block> headers, ITransferSink sink, CancellationToken cancellationToken)
    {
        AskedSink filtered = new(sink, found);
        if (found.WholeTransactions.Count > 0)
        {
            SourceCoverage whole = await new TransactionsQuery(session).ReadAsync([.. found.WholeTransactions.Order()], filtered, cancellationToken).ConfigureAwait(false);
            _notes.AddRange(whole.Notes);
            _gaps.AddRange(whole.Gaps);
        }

        foreach (LogRow log in found.Events.Where(e => !found.WholeTransactions.Contains(e.Tx)))
        {
            _moves.SendEvent(log, new ChainPosition(session.Profile.Chain, log.Block, log.TxIndex), headers[log.Block].Time, filtered);
        }

        foreach (TraceRow root in found.Roots.Where(r => !found.WholeTransactions.Contains(r.Tx)))
        {
            Address to = root.To!.Value.On(session.Profile.Chain);
            if (root.Kind == TraceKind.Create)
            {
                filtered.AddContract(to);
            }

            filtered.Add(new Transfer(
                new ChainPosition(session.Profile.Chain, root.Block, root.TxIndex), root.From.On(session.Profile.Chain), to, Asset.Native(session.Profile.Chain), root.Value, root.Tx, headers[root.Block].Time));
        }

        return filtered.Count;
    }

    private static TxId TopicOf(Address address)
    {
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        address.CopyPayload(word[12..]);
        return TxId.FromBytes(word);
    }

    private static string? Try(Action decode)
    {
        try
        {
            decode();
            return null;
        }
        catch (EthereumFormatException e)
        {
            return e.Message;
        }
    }
}
