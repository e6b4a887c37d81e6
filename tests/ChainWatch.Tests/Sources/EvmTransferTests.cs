using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

/// <summary>Rows that go to a graph by the bytes of their addresses: the same graph, or the same error, as by transfers.</summary>
public class EvmTransferTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Hash = "0x00000000000000000000000000000000000000000000000000000000000000";
    private static readonly string[] Addresses =
    [
        "0x098b716b8aaf21512996dc57eb0615e2383e2f96", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "0x0000000000000000000000000000000000000000",
        "0xffffffffffffffffffffffffffffffffffffffff", "0xdac17f958d2ee523a2206206994597c13d831ec7",
    ];

    private static readonly string[] Strange = ["", "?", "!", "x", "-1", "0x", "007", "99999999999999999999", "4294967296", "1e3", "ETH", "bitcoin", "base", "2025-02-30T00:00:00Z", "0x098b716b8aaf21512996dc57eb0615e2383e2f9g", "0x098B716b8aaf21512996dc57eb0615e2383e2f96"];

    [Fact]
    public void Rows_OfAnyKind_MakeTheGraphThatTransfersMake()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        int refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            string path = folder.Write($"{seed}.csv", System.Text.Encoding.UTF8.GetBytes(File(new Random(seed))));
            string expected = Outcome(path, builder => new TransfersAlone(builder));
            refused += expected.StartsWith("error: ", StringComparison.Ordinal) ? 1 : 0;
            Outcome(path, builder => builder).ShouldBe(expected, $"seed {seed}");
        }

        output.WriteLine($"{refused} of 300 were refused");
        refused.ShouldBeInRange(30, 270);
    }

    private static string File(Random random)
    {
        System.Text.StringBuilder file = new("value,chain,block,position,time,tx,from,to,asset\n");
        int strange = random.Next(3) == 0 ? 0 : random.Next(20, 200);
        for (int row = random.Next(1, 30); row > 0; row--)
        {
            int block = random.Next(1, 9);
            int index = random.Next(0, 4);
            string[] fields =
            [
                random.Next(5) == 0 ? System.Numerics.BigInteger.Pow(10, random.Next(90)).ToString(CultureInfo.InvariantCulture) : random.NextInt64().ToString(CultureInfo.InvariantCulture),
                random.Next(9) == 0 ? "eip155:137" : "ethereum",
                block.ToString(CultureInfo.InvariantCulture),
                index.ToString(CultureInfo.InvariantCulture),
                random.Next(4) == 0 ? "" : $"2025-02-21T14:29:{block:00}Z",
                random.Next(4) == 0 ? "" : $"{Hash}{block:x}{index:X}",
                Addresses[random.Next(Addresses.Length)],
                Addresses[random.Next(Addresses.Length)],
                random.Next(4) switch { 0 => "native", 1 => "eth", _ => Addresses[random.Next(Addresses.Length)] },
            ];
            for (int i = 0; i < fields.Length; i++)
            {
                if (strange > 0 && random.Next(strange) == 0)
                {
                    fields[i] = Strange[random.Next(Strange.Length)];
                }
            }

            file.AppendJoin(',', fields).Append('\n');
        }

        return file.ToString();
    }

    private static string Outcome(string path, Func<TransferGraphBuilder, ITransferSink> sinkOf)
    {
        try
        {
            using TransferGraphBuilder builder = new();
            builder.Add(new TransferFileSource([path], declaredComplete: true).ReadAsync(TransferQuery.Everything, sinkOf(builder)).AsTask().GetAwaiter().GetResult());
            using MemoryStream graph = new();
            builder.Build().Save(graph);
            return Convert.ToHexString(graph.ToArray());
        }
        catch (ChainWatchException e)
        {
            return "error: " + e.Message;
        }
    }

    private sealed class TransfersAlone(ITransferSink sink) : ITransferSink
    {
        public void Add(in Transfer transfer, RowOrigin origin = default) => sink.Add(transfer, origin);

        public void Add(Movement movement, RowOrigin origin = default) => sink.Add(movement, origin);

        public void AddContract(Address contract) => sink.AddContract(contract);
    }
}
