using System.Globalization;
using ChainWatch.Bundling;
using ChainWatch.Console.Arguments;
using ChainWatch.Rpc.Recording;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Bundles;

/// <summary>Keeps what an endpoint answers while a question's transfers are fetched, for the bundle: in a temporary file, not in memory.</summary>
internal sealed class Acquisition : IDisposable
{
    public const string IndexFile = "acquisition/index.jsonl";
    public const string AnswersFolder = "acquisition/responses/";
    private readonly FileStream _answers;
    private readonly TimeProvider _clock;
    private DateTimeOffset _begunAt;

    /// <param name="folder">Where the temporary file goes.</param>
    /// <param name="clock">Tells when.</param>
    public Acquisition(string folder, TimeProvider clock)
    {
        _clock = clock;
        string path = Path.Combine(folder, $".chainwatch-answers.{Environment.ProcessId}.tmp");
        try
        {
            _answers = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
            {
                // Without a name already now: nothing of it is left, whatever ends the process.
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be written: a temporary file for the endpoint's answers is needed there", e);
        }

        Log = new ExchangeLog(_answers, clock);
    }

    public ExchangeLog Log { get; }

    /// <summary>The endpoint, open until this is disposed; null where none was asked.</summary>
    public LiveSource? Source { get; private set; }

    public void Begin(LiveSource source)
    {
        Source = source;
        _begunAt = _clock.GetUtcNow();
    }

    /// <summary>What the bundle says of the fetching; null where there was none.</summary>
    public async Task<BundleFetch?> FindFetchAsync(TraceResult result, CancellationToken cancellationToken)
    {
        if (Source is null)
        {
            return null;
        }

        DateTimeOffset endedAt = _clock.GetUtcNow();
        SourceProfile profile = await Source.Source.ProbeAsync(cancellationToken).ConfigureAwait(false);
        bool isByBlocks = result.Coverage.Sources.Any(s => s.Windows.Count > 0);
        return new BundleFetch
        {
            BegunAt = _begunAt,
            EndedAt = endedAt,
            Kinds = (isByBlocks ? profile.ByBlocks : profile.ByAddresses)?.Kinds ?? [],
            Responses = Log.Count,
            NotReplayed = NotReplayedBecause(result),
            Api = Source.Api,
        };
    }

    /// <summary>Why the answers cannot be asked again for the same transfers; null where they can.</summary>
    public static string? NotReplayedBecause(TraceResult result) =>
        result.Coverage.Gaps.Any(g => g.Kind == GapKind.LimitReached && (g.Detail.Contains(" requests:", StringComparison.Ordinal) || g.Detail.Contains(" minutes:", StringComparison.Ordinal)))
            ? "the fetching ended at a limit of time or of requests, and where that was cannot be found again from the answers"
            : null;

    /// <summary>The answers, and the index that says to what.</summary>
    public IEnumerable<BundleFile> Files()
    {
        int count = Log.Count;
        if (count == 0)
        {
            yield break;
        }

        string[] names = new string[count];
        for (int i = 0; i < count; i++)
        {
            int index = i;
            names[i] = string.Create(CultureInfo.InvariantCulture, $"{AnswersFolder}{i + 1:000000}.{Extension(Log[i].MediaType)}");
            yield return new BundleFile(names[i], output => output.Write(Log.ReadAnswer(index)));
        }

        yield return new BundleFile(IndexFile, output =>
        {
            for (int i = 0; i < count; i++)
            {
                output.Write(ExchangeLine.Write(Log[i], names[i]));
                output.Write("\n"u8);
            }
        });
    }

    public void Dispose()
    {
        Source?.Dispose();
        _answers.Dispose();
    }

    private static string Extension(string mediaType) => mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase) ? "json" : "txt";
}
