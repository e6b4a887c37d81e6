using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Graph.Appending;

namespace ChainWatch.Benchmarks.Appending;

/// <summary>Appends block after block to a graph file until it is killed, and prints the height of each when it is committed.</summary>
public static class AppendLoop
{
    /// <summary>Transfers a block: few, so that one takes less than a commit does.</summary>
    public const int Transfers = 20;

    public static void Run(string file, ulong seed, TextWriter output)
    {
        BlockStory story = new(Transfers);
        SplitMix random = new(seed);
        using GraphAppender appender = GraphAppender.Open(file, new AppendOptions { Wrap = inner => new ChoppedStream(inner, random) });
        output.WriteLine("open");
        output.Flush();
        while (true)
        {
            long block = appender.Graph.Chains[0].Blocks[^1].Height + 1;
            bool takesBack = random.Below(8) == 0 && appender.Graph.Chains[0].Columns.Blocks.Heights.BaseCount < block;
            if (takesBack)
            {
                // The same blocks come again: whatever is there is what the story tells.
                appender.TakeBack(Chain.Ethereum, block - 1, $"block {block - 2}");
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{block - 2}"));
            }
            else
            {
                story.Send(appender, block);
                appender.Commit([BlockStory.Source(block)]);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{block}"));
            }

            output.Flush();
        }
    }
}
