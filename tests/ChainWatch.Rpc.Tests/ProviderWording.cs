using Xunit.Abstractions;

namespace ChainWatch.Rpc.Tests;

/// <summary>An error as a provider words it.</summary>
public sealed record ProviderWording(string Provider, RpcErrorKind Expected, int? Status, int? Code, string? Message) : IXunitSerializable
{
    public ProviderWording() : this("", RpcErrorKind.Fatal, null, null, null)
    {
    }

    public string Provider { get; private set; } = Provider;

    public RpcErrorKind Expected { get; private set; } = Expected;

    public int? Status { get; private set; } = Status;

    public int? Code { get; private set; } = Code;

    public string? Message { get; private set; } = Message;

    public void Deserialize(IXunitSerializationInfo info)
    {
        Provider = info.GetValue<string>(nameof(Provider));
        Expected = info.GetValue<RpcErrorKind>(nameof(Expected));
        Status = info.GetValue<int?>(nameof(Status));
        Code = info.GetValue<int?>(nameof(Code));
        Message = info.GetValue<string?>(nameof(Message));
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Provider), Provider);
        info.AddValue(nameof(Expected), Expected);
        info.AddValue(nameof(Status), Status);
        info.AddValue(nameof(Code), Code);
        info.AddValue(nameof(Message), Message);
    }

    public override string ToString() => $"{Provider}: {Status} {Code} {Message}";
}
