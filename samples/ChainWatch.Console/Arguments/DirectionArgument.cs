using System.CommandLine;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>Which way the funds went.</summary>
internal static class DirectionArgument
{
    public static Option<Direction?> Option() => new("--direction")
    {
        Description = "received: funds from the seeds reached the wallet; sent: the wallet's funds reached the seeds; both. Default: received",
        HelpName = "received|sent|both",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "received": return Direction.Received;
                case "sent": return Direction.Sent;
                case "both": return Direction.Both;
                default:
                    result.AddError($"--direction '{result.Tokens[0].Value}': expected received, sent or both");
                    return null;
            }
        },
    };
}
