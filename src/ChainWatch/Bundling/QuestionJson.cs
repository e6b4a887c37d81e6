using System.Text.Json;
using ChainWatch.Collecting;
using ChainWatch.Reporting;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Bundling;

/// <summary>Writes and reads <c>request.json</c>.</summary>
internal static class QuestionJson
{
    public static void Write(Utf8JsonWriter json, BundleQuestion question)
    {
        json.WriteDate("asked_on", question.AskedOn);
        WriteFiles(json, "from", question.From);
        json.WriteTexts("to", question.To.Select(wallet => wallet.ToCaip10()));
        json.WriteString("direction", ReportWords.Of(question.Direction));
        json.WriteNumber("max_hops", question.MaxHops);
        json.WriteDate("as_of", question.AsOf);
        json.WriteStartObject("stops");
        WriteFiles(json, "files", question.StopFiles);
        json.WriteBoolean("default_labels", question.DefaultLabels);
        json.WriteNumberOrNull("max_degree", question.MaxDegree);
        json.WriteEndObject();
        json.WriteTexts("min_values", question.MinValues);
        json.WriteBoolean("any_token", question.AnyToken);
        json.WriteBoolean("strict_order", question.StrictOrder);
        json.WriteBoolean("through_coinjoin", question.ThroughCoinJoin);
        json.WriteStartObject("window");
        json.WriteNumberOrNull("first_block", question.Window.FirstBlock);
        json.WriteNumberOrNull("last_block", question.Window.LastBlock);
        json.WriteTime("first_time", question.Window.FirstTime);
        json.WriteTime("last_time", question.Window.LastTime);
        json.WriteEndObject();
        json.WriteStartObject("source");
        json.WriteString("kind", ReportWords.Of(question.Source));
        WriteFiles(json, "files", question.Transfers);
        json.WriteBoolean("complete", question.DeclaredComplete);
        json.WriteText("as_chain", question.AsChain?.Id);
        json.WriteText("way", question.Collect.Way is CollectWay way ? ReportWords.Of(way) : null);
        json.WriteBoolean("address_queries", question.Collect.AddressQueries);
        json.WriteNumber("max_addresses", question.Collect.Budget.Addresses);
        json.WriteNumber("max_transfers", question.Collect.Budget.Transfers);
        json.WriteNumber("max_transfers_per_address", question.Collect.Budget.TransfersPerAddress);
        json.WriteEndObject();
    }

    public static BundleQuestion Read(JsonFields json)
    {
        JsonFields stops = json.Inner("stops");
        JsonFields window = json.Inner("window");
        JsonFields source = json.Inner("source");
        return new BundleQuestion
        {
            AskedOn = json.DateOrNull("asked_on") ?? throw json.Problem("asked_on", "expected a date"),
            From = ReadFiles(json, "from"),
            To = [.. json.Texts("to").Select(text => Address.TryParse(text, out Address wallet) ? wallet : throw json.Problem("to", "expected addresses with their chains (CAIP-10)"))],
            Direction = DirectionOf(json.Text("direction")) ?? throw json.Problem("direction", "expected received, sent or both"),
            MaxHops = json.Count("max_hops"),
            AsOf = json.DateOrNull("as_of"),
            StopFiles = ReadFiles(stops, "files"),
            DefaultLabels = stops.Flag("default_labels"),
            MaxDegree = stops.CountOrNull("max_degree"),
            MinValues = json.Texts("min_values"),
            AnyToken = json.Flag("any_token"),
            StrictOrder = json.Flag("strict_order"),
            ThroughCoinJoin = json.Flag("through_coinjoin"),
            Window = new TraceWindow(window.NumberOrNull("first_block"), window.NumberOrNull("last_block"), window.TimeOrNull("first_time"), window.TimeOrNull("last_time")),
            Source = source.Word<BundleSource>("kind"),
            Transfers = ReadFiles(source, "files"),
            DeclaredComplete = source.Flag("complete"),
            AsChain = source.TextOrNull("as_chain") is not string name ? null : Chain.TryParse(name, out Chain chain) ? chain : throw source.Problem("as_chain", "expected a chain's id (CAIP-2)"),
            Collect = new CollectOptions
            {
                Way = source.TextOrNull("way") is null ? null : source.Word<CollectWay>("way"),
                AddressQueries = source.Flag("address_queries"),
                Budget = new CollectBudget
                {
                    Addresses = source.Count("max_addresses"),
                    Transfers = source.Number("max_transfers"),
                    TransfersPerAddress = source.Number("max_transfers_per_address"),
                },
            },
        };
    }

    private static void WriteFiles(Utf8JsonWriter json, string property, IReadOnlyList<GivenFile> files)
    {
        json.WriteStartArray(property);
        foreach (GivenFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("given", file.Given);
            json.WriteText("file", file.File);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static GivenFile[] ReadFiles(JsonFields json, string property) => [.. json.Items(property).Select(file => new GivenFile(file.Text("given"), file.TextOrNull("file")))];

    private static Direction? DirectionOf(string word)
    {
        foreach (Direction direction in new[] { Direction.Received, Direction.Sent, Direction.Both })
        {
            if (ReportWords.Of(direction) == word)
            {
                return direction;
            }
        }

        return null;
    }
}
