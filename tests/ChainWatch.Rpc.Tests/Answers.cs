namespace ChainWatch.Rpc.Tests;

/// <summary>Shorthand for what tests ask again and again.</summary>
internal static class Answers
{
    public static readonly RpcCall Call = RpcCall.Of("test_call", "\"0x10\"", "true");

    public static async Task<string> TextAsync(this JsonRpcClient client, RpcCall? call = null, CancellationToken cancellationToken = default)
    {
        using RpcAnswer answer = await client.CallAsync(call ?? Call, cancellationToken: cancellationToken);
        return answer.Text();
    }

    public static string Text(this RpcAnswer answer) => System.Text.Encoding.UTF8.GetString(answer.Result.Span);

    public static async Task<RpcException> FailureAsync(this JsonRpcClient client, RpcCall? call = null)
    {
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.TextAsync(call));
        error.Message.ShouldNotContain('\n');
        error.Message.ShouldStartWith(client.Endpoint.Name);
        return error;
    }
}
