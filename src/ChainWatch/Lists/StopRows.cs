using ChainWatch.Labels;

namespace ChainWatch.Lists;

/// <summary>Stops as rows of <c>labels.csv</c>.</summary>
internal static class StopRows
{
    private static readonly string[] Columns = ["chain", "address", "category", "name", "source"];

    public static byte[] Write(IReadOnlyList<StopLabel> labels) => ListTable.Write(Columns, labels
        .OrderBy(label => label.Address)
        .Select(label => new[] { label.Address.Chain.Name, label.Address.ToString(), StopCategories.NameOf(label.Category), label.Name, label.Source }));

    public static List<StopLabel> Read(string file, byte[] bytes)
    {
        HashSet<Address> seen = [];
        return ListTable.Read(file, bytes, Columns, row =>
        {
            Address address = row.Address("address", row.Chain("chain"));
            if (!seen.Add(address))
            {
                throw row.Error("address", $"{address} of {address.Chain} is labelled twice");
            }

            return StopCategories.TryParse(row.Text("category"), out StopCategory category)
                ? new StopLabel(address, category, row.Text("name"), row.Text("source"))
                : throw row.Error("category", $"unknown category '{row.Text("category")}': expected one of {string.Join(", ", Enum.GetValues<StopCategory>().Select(StopCategories.NameOf))}");
        });
    }
}
