using Microsoft.Playwright;

namespace ChainWatch.Browser.Tests;

/// <summary>A report opened from a file, with everything it asked for and complained of.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    private readonly string _folder;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    private ReportPage(string folder, IBrowserContext context, IPage page)
    {
        _folder = folder;
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Dialog += async (_, dialog) =>
        {
            _complaints.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        context.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    public ILocator Panel => Page.Locator("#panel");

    public static async Task<ReportPage> OpenAsync(IBrowser browser, byte[] html, ColorScheme colours)
    {
        string folder = Directory.CreateTempSubdirectory("chainwatch-").FullName;
        string file = Path.Combine(folder, "report.html");
        await File.WriteAllBytesAsync(file, html);
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ColorScheme = colours });
        ReportPage report = new(folder, context, await context.NewPageAsync());
        await report.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return report;
    }

    /// <summary>The page asked for its own file alone, and had nothing to complain of.</summary>
    public void ShouldHaveBeenQuiet()
    {
        _complaints.ShouldBeEmpty();
        _requests.ShouldAllBe(url => url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal));
        _requests.Count(url => url.StartsWith("file:", StringComparison.Ordinal)).ShouldBe(1);
    }

    public Task<T> AskAsync<T>(string expression, object? argument = null) => Page.EvaluateAsync<T>(expression, argument);

    /// <summary>Clicks an address in the graph where it is drawn.</summary>
    public Task ClickAsync(Address address) => ClickAsync(address.ToString());

    /// <summary>Clicks an element of the graph where it is drawn: an address, or any element by its name in the graph.</summary>
    public async Task ClickAsync(string element)
    {
        double[] at = await AskAsync<double[]>("""
            async name => {
              const { graph, data } = window.chainwatch;
              const node = data.nodes.findIndex(n => n.address === name);
              const id = node < 0 ? name : `n${node}`;
              document.getElementById('graph').scrollIntoView({ block: 'nearest' });
              graph.fit(graph.elements(':visible'), 18);
              // Where things are drawn is known when they are.
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              const element = graph.getElementById(id);
              const at = element.isEdge() ? element.renderedTargetEndpoint() : element.renderedPosition();
              const frame = document.getElementById('graph').getBoundingClientRect();
              return [frame.left + at.x - (element.isEdge() ? 3 : 0), frame.top + at.y];
            }
            """, element);
        await Page.Mouse.ClickAsync((float)at[0], (float)at[1]);
    }

    public Task<int> CountAsync(string selector) => AskAsync<int>("selector => window.chainwatch.graph.elements(selector).length", selector);

    /// <summary>So many elements of the graph match, at the latest when the page has done what it was asked to.</summary>
    public async Task ShouldCountAsync(string selector, int expected)
    {
        try
        {
            await Page.WaitForFunctionAsync("([selector, expected]) => window.chainwatch.graph.elements(selector).length === expected", new object[] { selector, expected }, new PageWaitForFunctionOptions { Timeout = 10_000 });
        }
        catch (TimeoutException)
        {
            // The assertion says what there is.
        }

        (await CountAsync(selector)).ShouldBe(expected, selector);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
