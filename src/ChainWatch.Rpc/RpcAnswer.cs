namespace ChainWatch.Rpc;

/// <summary>The answer to one call. Its bytes are pooled, and gone when it is disposed.</summary>
public sealed class RpcAnswer : IDisposable
{
    private readonly PooledBody? _body;
    private readonly ReadOnlyMemory<byte> _result;
    private bool _disposed;

    internal RpcAnswer(PooledBody body, Range result)
    {
        _body = body.Share();
        _result = body.Memory[result];
    }

    internal RpcAnswer(RpcException error) => Error = error;

    /// <summary>The result as it came, JSON in UTF-8; it may be the word <c>null</c>.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public ReadOnlyMemory<byte> Result
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            EnsureSuccess();
            return _result;
        }
    }

    /// <summary>True where the result is <c>null</c>.</summary>
    public bool IsNull
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Error is null && _result.Span.SequenceEqual("null"u8);
        }
    }

    /// <summary>Why the call failed for good; null where it did not.</summary>
    public RpcException? Error { get; }

    /// <summary>Throws where the call failed.</summary>
    public void EnsureSuccess()
    {
        if (Error is not null)
        {
            throw Error;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _body?.Dispose();
        }
    }
}
