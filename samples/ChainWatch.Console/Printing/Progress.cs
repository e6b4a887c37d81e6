using System.Globalization;
using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using Spectre.Console;

namespace ChainWatch.Console.Printing;

/// <summary>Reads transfers, and shows how many on stderr while somebody looks at it.</summary>
internal static class Progress
{
    public static async Task<TransferGraph> ReadAsync(ITransferSource source, TransferQuery query, GraphBuildOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!terminal.ShowsProgress)
        {
            return await TransferGraph.ReadAsync(source, query, options, cancellationToken).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Messages), Interactive = InteractionSupport.Yes });
        return await console.Status().StartAsync("reading transfers", async context =>
        {
            using TransferGraphBuilder builder = new(options, cancellationToken);
            CountingSink sink = new(builder, count => context.Status(string.Create(CultureInfo.InvariantCulture, $"reading transfers: {count:N0}")));
            builder.Add(await source.ReadAsync(query, sink, cancellationToken).ConfigureAwait(false));
            context.Status("putting them in chain order");
            return builder.Build();
        }).ConfigureAwait(false);
    }

    /// <summary>Fetches what a question needs, and shows how far it is.</summary>
    public static async Task<TransferGraph> CollectAsync(Collector collector, Func<Chain, TraceRequest> ask, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!terminal.ShowsProgress)
        {
            return await collector.CollectAsync(ask, new CollectReport(terminal, _ => { }), cancellationToken).ConfigureAwait(false);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Messages), Interactive = InteractionSupport.Yes });
        return await console.Status().StartAsync("asking the endpoint", context =>
            collector.CollectAsync(ask, new CollectReport(terminal, line => context.Status(Markup.Escape(line))), cancellationToken)).ConfigureAwait(false);
    }

    private sealed class CountingSink(ITransferSink inner, Action<long> tell) : ITransferSink
    {
        private const long Step = 1 << 15;
        private long _count;

        public void Add(in Transfer transfer, RowOrigin origin = default)
        {
            inner.Add(transfer, origin);
            Count();
        }

        public void Add(Movement movement, RowOrigin origin = default)
        {
            inner.Add(movement, origin);
            Count();
        }

        public void AddContract(Address contract) => inner.AddContract(contract);

        private void Count()
        {
            if (++_count % Step == 0)
            {
                tell(_count);
            }
        }
    }
}
