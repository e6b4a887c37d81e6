using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.Tests.Watching;

namespace ChainWatch.Hosting.Tests.Watching;

public sealed class CookieSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-cookie").FullName;
    private readonly SharedChain _chain = new(new ScriptedChain(Chain.Bitcoin));
    private string _expected = "first";

    private string Cookie => Path.Combine(_folder, ".cookie");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ask_AfterTheNodeStartedAnew_ReadsTheFileAgain()
    {
        _chain.Mine();
        File.WriteAllText(Cookie, "__cookie__:first\n");
        List<string> disposed = [];
        using (CookieSource source = new(Cookie, (user, password) => (new Guarded(_chain, () => password == _expected), new Noted(disposed, $"{user}:{password}"))))
        {
            (await source.FindHeadAsync()).Height.ShouldBe(0);
            _expected = "second";
            File.Delete(Cookie);
            (await Should.ThrowAsync<RpcException>(() => source.FindHeadAsync())).Kind.ShouldBe(RpcErrorKind.Unauthorized);
            File.WriteAllText(Cookie, "__cookie__:second\n");
            await Should.ThrowAsync<RpcException>(() => source.FindHeadAsync());
            (await source.FindHeadAsync()).Height.ShouldBe(0);
            (await source.FindBlockAsync(0)).ShouldNotBeNull();
            source.RequestCount.ShouldBeGreaterThan(0);
        }

        disposed.ShouldBe(["__cookie__:first", "__cookie__:second"]);
    }

    [Fact]
    public void Open_WithoutAFile_IsAnError() =>
        Should.Throw<ChainWatchException>(() => ChainNode.Bitcoin(RpcEndpoint.Parse("http://127.0.0.1:1/"), Cookie)).Message.ShouldStartWith($"{Cookie}: there is no such file");

    private sealed class Noted(List<string> disposed, string name) : IDisposable
    {
        public void Dispose() => disposed.Add(name);
    }

    private sealed class Guarded(IChainSource source, Func<bool> isLetIn) : IChainSource
    {
        public long RequestCount => source.RequestCount;

        public long BytesReceived => source.BytesReceived;

        private IChainSource Source => isLetIn() ? source : throw new RpcException(RpcErrorKind.Unauthorized, "the node wants another password");

        public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => Source.ProbeAsync(cancellationToken);

        public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default) => Source.FindHeadAsync(cancellationToken);

        public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) => Source.FindBlockAsync(height, cancellationToken);

        public ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default) => Source.ReadAsync(query, sink, cancellationToken);
    }
}
