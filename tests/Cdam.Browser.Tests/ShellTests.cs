using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

[Collection(SharedBrowser.Name)]
public sealed class ShellTests(BrowserFixture browser)
{
    private const int MostBytes = 100_000;

    [Fact]
    public async Task FirstPaint_OfThePage_TransfersLessThan100Kilobytes()
    {
        await using var visit = await browser.OpenAsync("#/nowhere");
        await visit.MapsAsync(2);
        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        var (bytes, counted) = (0L, new HashSet<string>());
        session.Event("Network.responseReceived").OnEvent += (_, message) =>
        {
            if (!IsPicture(message!.Value.GetProperty("response").GetProperty("url").GetString()!))
            {
                counted.Add(message.Value.GetProperty("requestId").GetString()!);
            }
        };
        session.Event("Network.loadingFinished").OnEvent += (_, message) =>
            bytes += counted.Contains(message!.Value.GetProperty("requestId").GetString()!) ? message.Value.GetProperty("encodedDataLength").GetInt64() : 0;
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });

        await visit.Page.ReloadAsync();
        await visit.MapsAsync(2);
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes} bytes in {counted.Count} answers");
        Assert.InRange(bytes, 5_000, MostBytes);
        Assert.InRange(counted.Count, 10, 100);
    }

    [Theory]
    [InlineData("explain", ColorScheme.Light, 1280)]
    [InlineData("explain", ColorScheme.Dark, 390)]
    [InlineData("status", ColorScheme.Light, 390)]
    [InlineData("status", ColorScheme.Dark, 1280)]
    public async Task Tab_InAnyColoursAndWidth_IsAccessibleAndFits(string tab, ColorScheme colours, int width)
    {
        await using var visit = await browser.OpenAsync(
            $"#/{tab}", new BrowserNewContextOptions { ColorScheme = colours, ViewportSize = new ViewportSize { Width = width, Height = 844 } });
        await Expect(visit.Page.Locator(tab == "explain" ? "canvas" : "table").Nth(1)).ToBeVisibleAsync();

        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync($"{tab}-{colours}-{width}".ToLowerInvariant());
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Tab_WhoseServerIsGone_SaysSoAndCanBeTriedAgain()
    {
        await using var visit = await browser.OpenAsync();
        await visit.MapsAsync(2);
        await visit.Page.RouteAsync("**/*", route => route.AbortAsync());
        await visit.Page.Locator("button.sample").Last.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Picture" }).GetByRole(AriaRole.Alert)).ToHaveTextAsync("The server cannot be reached. Is it running?");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Lung CT" }).ClickAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("The server cannot be reached. Is it running?");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Explain" })).ToHaveCountAsync(0);

        await visit.Page.UnrouteAsync("**/*");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(visit.Page.Locator(".screen canvas")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Theme_Chosen_IsRemembered()
    {
        await using var visit = await browser.OpenAsync("#/status");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use dark colours" }).ClickAsync();
        await visit.Page.ReloadAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use light colours" })).ToBeVisibleAsync();
        Assert.Equal("rgb(20, 25, 29)", await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
    }

    /// <summary>Samples, and answers that hold the picture that was looked at.</summary>
    private static bool IsPicture(string url) =>
        url.Contains("/samples/", StringComparison.Ordinal) || url.Contains(":explain", StringComparison.Ordinal);
}
