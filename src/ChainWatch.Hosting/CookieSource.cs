using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Hosting;

/// <summary>
/// A Bitcoin node whose user and password stand in its cookie file, which it writes anew at each start. Where it refuses them the
/// file is read again, so that the next question is asked with what stands there by now.
/// </summary>
internal sealed class CookieSource : IChainSource, IDisposable
{
    private readonly string _file;
    private readonly Func<string, string, (IChainSource Source, IDisposable Client)> _open;
    private readonly Lock _lock = new();
    private readonly List<(IChainSource Source, IDisposable Client)> _opened = [];
    private (string User, string Password) _cookie;
    private volatile IChainSource _current;

    /// <param name="file">The cookie file.</param>
    /// <param name="open">Makes a source of user and password.</param>
    /// <exception cref="ChainWatchException">The file cannot be read.</exception>
    public CookieSource(string file, Func<string, string, (IChainSource Source, IDisposable Client)> open)
    {
        (_file, _open, _cookie) = (file, open, CookieFile.Read(file));
        _current = Open();
    }

    /// <inheritdoc/>
    public long RequestCount
    {
        get
        {
            lock (_lock)
            {
                return _opened.Sum(o => o.Source.RequestCount);
            }
        }
    }

    /// <inheritdoc/>
    public long BytesReceived
    {
        get
        {
            lock (_lock)
            {
                return _opened.Sum(o => o.Source.BytesReceived);
            }
        }
    }

    /// <inheritdoc/>
    public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => AskAsync(source => source.ProbeAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default) => AskAsync(source => source.FindHeadAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) => AskAsync(source => source.FindBlockAsync(height, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default) =>
        await AskAsync(source => source.ReadAsync(query, sink, cancellationToken).AsTask()).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => _opened.ForEach(o => o.Client.Dispose());

    // Not asked again here: a part of the answer may have been handed over.
    private async Task<T> AskAsync<T>(Func<IChainSource, Task<T>> ask)
    {
        IChainSource asked = _current;
        try
        {
            return await ask(asked).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.Unauthorized)
        {
            Renew(asked);
            throw;
        }
    }

    private void Renew(IChainSource refused)
    {
        lock (_lock)
        {
            try
            {
                (string User, string Password) cookie = CookieFile.Read(_file);
                if (refused == _current && cookie != _cookie)
                {
                    _cookie = cookie;
                    _current = Open();
                }
            }
            catch (ChainWatchException)
            {
                // The node has not written it yet; that it refuses is told.
            }
        }
    }

    private IChainSource Open()
    {
        (IChainSource Source, IDisposable Client) opened = _open(_cookie.User, _cookie.Password);
        _opened.Add(opened);
        return opened.Source;
    }
}
