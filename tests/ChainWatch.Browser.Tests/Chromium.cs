using Microsoft.Playwright;

namespace ChainWatch.Browser.Tests;

/// <summary>
/// One Chromium for all tests: that of <c>CHAINWATCH_CHROMIUM</c>, else the first of this machine's own. Nothing is downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];

    // Offline and as root, as in containers.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (FindProgram() is string program)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments, Headless = true });
        }
    }

    /// <summary>Opens a page for one report.</summary>
    /// <exception cref="SkipException">There is no Chromium here.</exception>
    internal async Task<ReportPage> OpenAsync(byte[] html, ColorScheme colours = ColorScheme.Light)
    {
        if (_browser is null)
        {
            throw new SkipException($"no Chromium is here: CHAINWATCH_CHROMIUM names none, and PATH has none of {string.Join(", ", Names)}");
        }

        return await ReportPage.OpenAsync(_browser, html, colours);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? FindProgram()
    {
        if (Environment.GetEnvironmentVariable("CHAINWATCH_CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>Tests that share the browser.</summary>
[CollectionDefinition(nameof(Chromium))]
public class ChromiumTests : ICollectionFixture<Chromium>;
