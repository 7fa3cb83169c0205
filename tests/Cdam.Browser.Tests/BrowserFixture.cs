using Cdam.System.Tests.Serving;
using Microsoft.Playwright;

namespace Cdam.Browser.Tests;

/// <summary>Debian's Chromium without a window, and <c>cdam serve</c> with the shipped models: one of each for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Other browsers are not asked for: where this one is not, tests are skipped and say so.
    private const string Chromium = "/usr/bin/chromium";

    private ServedProcess? _served;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the page is.</summary>
    public string Address => _served!.Http;

    private static bool IsThere => File.Exists(Chromium);

    public async ValueTask InitializeAsync()
    {
        if (!IsThere)
        {
            return;
        }

        // Two threads of torch on two busy cores wait for each other more than they work.
        Environment.SetEnvironmentVariable("OMP_NUM_THREADS", "1");
        _served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--device", "cpu");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    /// <summary>Opens the page in a browser context of its own; skips the test where there is no browser.</summary>
    /// <param name="hash">For example <c>#/status</c>.</param>
    /// <param name="options">Of the context.</param>
    /// <param name="address">Of another gateway; null: the served one.</param>
    public async Task<Visit> OpenAsync(string hash = "", BrowserNewContextOptions? options = null, string? address = null)
    {
        Assert.SkipUnless(IsThere, $"{Chromium} is not installed (apt-get install chromium)");
        var context = await _browser!.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        return await Visit.StartAsync(context, new Uri(new Uri(address ?? Address), "/" + hash));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_served is not null)
        {
            await _served.DisposeAsync();
        }
    }
}
