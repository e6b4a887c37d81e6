namespace ChainWatch.Rpc;

/// <summary>The endpoint refused a batch as such; never seen outside.</summary>
internal sealed class BatchesRefusedException : Exception;
