using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Explorer;

/// <summary>A row of the explorer's, and by what it is found.</summary>
/// <param name="Block">Its block.</param>
/// <param name="Hash">Its transaction, with 0x.</param>
/// <param name="Addresses">The addresses under which it is listed, lower case with 0x.</param>
/// <param name="Contract">The token's contract; null where it is no token's.</param>
/// <param name="Fields">What it says.</param>
internal sealed record ExplorerRow(long Block, string Hash, string[] Addresses, string? Contract, JsonObject Fields);
