using ChainWatch.Lists;
using ChainWatch.Tracing;
using Microsoft.Playwright;

namespace ChainWatch.Browser.Tests;

/// <summary>The report of the Bybit theft, looked at as an investigator would.</summary>
[Collection(nameof(Chromium))]
public class BybitReportTests(Chromium chromium)
{
    [SkippableFact]
    public async Task AddressesNamedByTheFbi_Clicked_ShowTheirInflowsWithTheTransactionHash()
    {
        TraceResult result = await Cases.BybitAsync();
        Address[] named = [.. ListSet.Embedded["dprk-attributed"].Entries
            .Where(e => e.Authority.Name == "FBI" && e.Document.Url.Contains("PSA250226", StringComparison.Ordinal))
            .Select(e => e.Address).Distinct()];
        named.Length.ShouldBe(51);
        ILookup<string, string> paid = File.ReadLines(Repository.PathOf("samples", "data", "bybit-2025.csv")).Skip(1)
            .Select(line => line.Split(',')).ToLookup(row => row[6], row => row[4], StringComparer.OrdinalIgnoreCase);

        await using ReportPage report = await chromium.OpenAsync(Cases.Html(result));
        foreach (Address address in named)
        {
            string[] hashes = [.. result.Exposures.Single(e => e.Address == address).Inflows.Select(i => i.Transfer.Tx!.Value.ToString(Chain.Ethereum))];
            hashes.ShouldNotBeEmpty();
            paid[address.ToString()].Intersect(hashes).Count().ShouldBe(hashes.Distinct().Count());

            await report.ClickAsync(address);
            string panel = (await report.Panel.TextContentAsync())!;
            panel.ShouldContain(address.ToString());
            panel.ShouldContain("Attributed to TraderTraitor (Bybit 2025-02-21) by FBI");
            panel.ShouldContain("Came in: ");
            hashes.ShouldAllBe(hash => panel.Contains(hash));
            await report.Page.Keyboard.PressAsync("Escape");
        }

        (await report.Panel.IsHiddenAsync()).ShouldBeTrue();
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task Filters_HideWhatIsOfAnotherAssetOrLater()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(await Cases.BybitAsync()));
        int all = await report.CountAsync("edge:visible");

        await report.Page.SelectOptionAsync("#asset", new SelectOptionValue { Label = "cmETH" });
        await report.ShouldCountAsync("edge:visible", 1);
        (await report.AskAsync<string>("() => window.chainwatch.graph.edges(':visible').data('label')")).ShouldBe("15,000 cmETH");
        await report.Page.SelectOptionAsync("#asset", new SelectOptionValue { Label = "all" });
        await report.ShouldCountAsync("edge:visible", all);

        await report.Page.Locator("#until").FocusAsync();
        await report.Page.Keyboard.PressAsync("Home");
        (await report.Page.Locator("#until-text").InnerTextAsync()).ShouldBe("2025-02-21 14:29:47 UTC");
        await report.ShouldCountAsync("edge:visible", 1);
        await report.Page.Keyboard.PressAsync("PageUp");
        await report.Page.WaitForFunctionAsync("() => window.chainwatch.graph.edges(':visible').length > 1");
        int some = await report.CountAsync("edge:visible");
        some.ShouldBeInRange(2, all - 1);
        await report.Page.Keyboard.PressAsync("End");
        await report.ShouldCountAsync("edge:visible", all);
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task Tables_SortAndFilter()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(await Cases.BybitAsync()));
        ILocator table = report.Page.Locator("#transfers");
        ILocator rows = table.Locator("tbody tr:visible");
        (await rows.CountAsync()).ShouldBe(194);

        await table.GetByLabel("Filter Transfers").FillAsync("steth 0x6bb000067005450704003100632eb93ea00c0000");
        int steth = await rows.CountAsync();
        steth.ShouldBe(8);
        await table.GetByRole(AriaRole.Button, new() { Name = "Amount", Exact = true }).ClickAsync();
        (await rows.First.InnerTextAsync()).ShouldContain("4,000 stETH");
        await table.GetByRole(AriaRole.Button, new() { Name = "Amount", Exact = true }).ClickAsync();
        (await rows.First.InnerTextAsync()).ShouldContain("25,000 stETH");
        (await table.Locator("th[aria-sort=descending]").CountAsync()).ShouldBe(1);

        await rows.First.GetByRole(AriaRole.Button).ClickAsync();
        (await report.Panel.InnerTextAsync()).ShouldContain("25,000 stETH");
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task DarkAndLight_FollowTheSystemAndTheButton()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(await Cases.BybitAsync()), ColorScheme.Dark);
        const string Colours = "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, window.chainwatch.graph.nodes('.plain').style('color')]";
        string[] dark = await report.AskAsync<string[]>(Colours);
        (await report.Page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("dark");

        await report.Page.Locator("#theme").ClickAsync();
        string[] light = await report.AskAsync<string[]>(Colours);
        light.Zip(dark).ShouldAllBe(pair => pair.First != pair.Second);
        (await report.Page.Locator("#theme").InnerTextAsync()).ShouldBe("Dark");
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task Print_PdfHoldsGraphAndAllTablesInFull()
    {
        TraceResult result = await Cases.BybitAsync();
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(result));
        byte[] pdf = await report.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true });

        string text = string.Concat(PdfText.Read(pdf).Where(c => !char.IsWhiteSpace(c)));
        foreach (Exposure exposure in result.Exposures)
        {
            text.ShouldContain(exposure.Address.ToString());
            text.ShouldContain($"{exposure.Address.ToString()[..6]}…{exposure.Address.ToString()[^4..]}");
            exposure.Inflows.ShouldAllBe(i => text.Contains(i.Transfer.Tx!.Value.ToString(Chain.Ethereum)));
        }

        text.ShouldContain("Exposureisnotguilt");
        text.ShouldNotContain("Filter");
        (await report.Page.Locator("details[open]").CountAsync()).ShouldBe(0);
    }
}
