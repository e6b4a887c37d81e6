using System.Globalization;
using ChainWatch.Rpc;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin;

/// <summary>Puts questions to a peer, and waits for the messages that answer them. Several may be open at once.</summary>
internal sealed class PeerQuestions(Node node, string name, TimeSpan timeout)
{
    private long _requests;
    private long _bytes;

    public long RequestCount => Interlocked.Read(ref _requests);

    public long BytesReceived => Interlocked.Read(ref _bytes);

    /// <summary>
    /// Greets the peer where that was not done. NBitcoin hears no greeting that comes before its own: a peer that speaks first (bcoin
    /// does) is to be greeted as soon as it is connected, by whoever connects.
    /// </summary>
    /// <exception cref="RpcException">The connection is gone, or the peer does not answer.</exception>
    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        if (node.State == NodeState.HandShaked)
        {
            return;
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await Task.Run(() => node.VersionHandshake(limit.Token), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(RpcErrorKind.Unreachable, "version", "no greeting; expected a node that is connected, and a peer that answers (VersionHandshake right after connecting, where the peer speaks first)", e);
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="question">What is sent.</param>
    /// <param name="take">Tells whether a message is the answer, and what it comes to; null: it is not.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RpcException">The connection is gone, or there was no answer in time.</exception>
    public async Task<T> AskAsync<T>(Payload question, Func<Payload, T?> take, CancellationToken cancellationToken)
        where T : class
    {
        TaskCompletionSource<T> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Receive(Node _, IncomingMessage message)
        {
            try
            {
                if (take(message.Message.Payload) is T answer && answered.TrySetResult(answer))
                {
                    Interlocked.Add(ref _bytes, message.Length);
                }
            }
            catch (Exception e)
            {
                answered.TrySetException(Failure(RpcErrorKind.BadAnswer, question.Command, $"the answer '{message.Message.Command}' is malformed", e));
            }
        }

        void Lose(Node _) => answered.TrySetException(Gone(question));
        node.MessageReceived += Receive;
        node.Disconnected += Lose;
        try
        {
            if (!node.IsConnected)
            {
                throw Gone(question);
            }

            Interlocked.Increment(ref _requests);
            Task sent = node.SendMessageAsync(question);
            await Task.WhenAny(sent, answered.Task).WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            if (sent.IsFaulted || sent.IsCanceled)
            {
                throw Gone(question);
            }

            return await answered.Task.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw Failure(RpcErrorKind.Transient, question.Command, string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.###} s; the peer is slow, or still catching up"), e);
        }
        finally
        {
            node.MessageReceived -= Receive;
            node.Disconnected -= Lose;
        }
    }

    /// <summary>An error that names the peer and what it was asked.</summary>
    public RpcException Failure(RpcErrorKind kind, string asked, string problem, Exception? inner = null) => new(kind, $"{name}: {asked}: {problem}", inner: inner);

    private RpcException Gone(Payload question) => Failure(RpcErrorKind.Unreachable, question.Command, "the connection is gone; expected a peer that stays");
}
