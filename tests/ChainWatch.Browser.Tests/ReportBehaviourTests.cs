using ChainWatch.Tracing;
using Microsoft.Playwright;

namespace ChainWatch.Browser.Tests;

/// <summary>What the page does with many addresses, hostile names and a keyboard alone.</summary>
[Collection(nameof(Chromium))]
public class ReportBehaviourTests(Chromium chromium)
{
    [SkippableFact]
    public async Task MoreThan200Nodes_FoldedRings_TellAndOpenOnAClick()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(Cases.Many("Big Exchange")));
        (await report.AskAsync<int>("() => window.chainwatch.data.nodes.length")).ShouldBe(228);
        // The seed stands alone; every other ring has at least two addresses but for the one of hop 3.
        await report.ShouldCountAsync("node.ring", 3);
        string ring = await report.AskAsync<string>("() => window.chainwatch.graph.getElementById('r2').data('label')");
        ring.ShouldStartWith("Hop 2: 66 addresses\nin: 99 ");
        ring.ShouldContain("Big Exchange");
        (await report.AskAsync<string>("() => window.chainwatch.graph.getElementById('r1').data('label')")).ShouldContain("in: 195 ");

        await report.ClickAsync("r2");
        await report.ShouldCountAsync("node.ring", 2);
        await report.ShouldCountAsync("node[column = 2]", 67);

        // Whoever is looked for in a folded ring opens it.
        await report.Page.Locator("#find").FillAsync(Cases.Number(3_005).ToString());
        await report.Page.Keyboard.PressAsync("Enter");
        await report.ShouldCountAsync("node.ring", 1);
        (await report.Panel.InnerTextAsync()).ShouldContain(Cases.Number(3_005).ToString());
        await report.Page.Keyboard.PressAsync("Escape");

        await report.ClickAsync("h2");
        await report.ShouldCountAsync("node.ring", 2);
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task EdgeClicked_ShowsItsTransfers()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(await Cases.TraceBybitAsync([Address.Parse("0xF302572594a68aA8F951faE64ED3aE7DA41c72Be")])));
        string edge = await report.AskAsync<string>("() => window.chainwatch.graph.edges(':visible').max(e => e.data('transfers').length).ele.id()");
        await report.ClickAsync(edge);

        int transfers = await report.AskAsync<int>("id => window.chainwatch.graph.getElementById(id).data('transfers').length", edge);
        (await report.Panel.Locator(".cards li").CountAsync()).ShouldBe(transfers);
        string panel = await report.Panel.InnerTextAsync();
        foreach (string fact in new[] { "Time", "Transaction", "Block", "Order", "Kind", "Rests on" })
        {
            panel.ShouldContain(fact);
        }

        (await report.Page.Locator("#verdicts").InnerTextAsync()).ShouldContain("Exposed: at most 3 hops");
        (await report.Page.Locator(".timeline .move").CountAsync()).ShouldBe(3);
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task KeyboardAlone_FindsOpensAndClosesAnAddress()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(Cases.Many("Big Exchange", watch: true)));
        IKeyboard keyboard = report.Page.Keyboard;
        const string Focused = "() => document.activeElement.id || document.activeElement.tagName";
        await TabToAsync("graph");
        await report.ShouldCountAsync("node.cursor", 1);
        (await report.AskAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldBe("solid");
        (await report.Page.Locator("#announce").InnerTextAsync()).ShouldContain("watched wallet");

        await keyboard.PressAsync("ArrowLeft");
        await keyboard.PressAsync("Enter");
        (await report.Panel.InnerTextAsync()).ShouldContain(Cases.Number(2_000).ToString());
        (await report.AskAsync<string>(Focused)).ShouldBe("H3");
        await keyboard.PressAsync("Escape");
        (await report.Panel.IsHiddenAsync()).ShouldBeTrue();
        (await report.AskAsync<string>(Focused)).ShouldBe("graph");

        // The parallel list: the same by the table's buttons.
        await TabToAsync("addresses");
        await keyboard.PressAsync("Enter");
        (await report.Panel.InnerTextAsync()).ShouldContain(Cases.Number(2_001).ToString());
        await keyboard.PressAsync("Escape");
        (await report.AskAsync<bool>("() => document.activeElement.closest('#addresses') !== null")).ShouldBeTrue();
        report.ShouldHaveBeenQuiet();

        async Task TabToAsync(string id)
        {
            for (int i = 0; i < 60; i++)
            {
                await keyboard.PressAsync("Tab");
                if (await report.AskAsync<bool>("id => document.activeElement.id === id || (document.activeElement.tagName === 'BUTTON' && document.activeElement.closest('#' + id + ' tbody') !== null)", id))
                {
                    return;
                }
            }

            throw new InvalidOperationException($"no way to {id} by the Tab key");
        }
    }

    [SkippableFact]
    public async Task Controls_AllHaveNames()
    {
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(Cases.Many("Big Exchange", watch: true)));
        string[] nameless = await report.AskAsync<string[]>("""
            () => [...document.querySelectorAll("button, input, select")]
              .filter(e => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.[0]?.textContent.trim()))
              .map(e => e.outerHTML.slice(0, 80))
            """);
        nameless.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task HostileLabel_IsShownAndDoesNotRun()
    {
        const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
        TraceResult result = Cases.Many(Hostile);
        await using ReportPage report = await chromium.OpenAsync(Cases.Html(result));
        await report.Page.Locator("#find").FillAsync(Cases.Number(1_000).ToString());
        await report.Page.Keyboard.PressAsync("Enter");

        (await report.Panel.InnerTextAsync()).ShouldContain(Hostile);
        (await report.Page.Locator("#stops").InnerTextAsync()).ShouldContain(Hostile);
        (await report.Page.Locator("img").CountAsync()).ShouldBe(0);
        (await report.Page.Locator("script").CountAsync()).ShouldBe(4);
        report.ShouldHaveBeenQuiet();
    }

    [SkippableFact]
    public async Task LibraryAndNotices_AreOfTheVersionThatIsPacked()
    {
        string licence = GraphLibrary.Require().Licence;
        (await File.ReadAllTextAsync(Repository.PathOf("src", "ChainWatch", "THIRD-PARTY-NOTICES.txt"))).ReplaceLineEndings("\n").ShouldContain(licence.ReplaceLineEndings("\n").Trim());
        GraphLibrary.Require().Script.ShouldContain(GraphLibrary.Version);
    }
}
