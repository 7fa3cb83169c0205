using System.Text.Json;
using Microsoft.Playwright;

namespace Cdam.Browser.Tests;

/// <summary>A person's visit to the page: a browser context, with what went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    // Only something that hangs reaches it, also on a machine that does much else.
    private const float Patience = 60_000;

    private static readonly string[] Grave = ["serious", "critical"];
    private static readonly Lazy<string> Axe = new(ReadAxe);
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) => _errors.AddRange(message.Type == "error" ? [message.Text] : []);
    }

    public IPage Page { get; }

    /// <summary>Exceptions that nobody caught, and errors of the console: what the content security policy forbade is among them.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<Visit> StartAsync(IBrowserContext context, Uri address)
    {
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(address.ToString());
        return visit;
    }

    /// <summary>Waits until the maps are drawn.</summary>
    /// <param name="count">How many.</param>
    public Task MapsAsync(int count) => Assertions.Expect(Page.Locator(".maps:not([aria-busy] *) canvas")).ToHaveCountAsync(count);

    /// <summary>Keeps a picture of the whole page beside the test's results, to look at.</summary>
    public Task ScreenshotAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "TestResults", "screenshots", $"{name}.png"), FullPage = true });

    /// <summary>That axe-core finds nothing serious or critical in what is shown.</summary>
    public async Task AssertAccessibleAsync()
    {
        // Evaluated, not added to the page: the content security policy stays as it is.
        await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map(v => ({ id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html).slice(0, 3) }))");
        var serious = found.EnumerateArray().Where(violation => Grave.Contains(violation.GetProperty("impact").GetString())).Select(violation => violation.ToString());
        Assert.Empty(serious);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static string ReadAxe()
    {
        using var reader = new StreamReader(typeof(Visit).Assembly.GetManifestResourceStream("axe.min.js")!);
        return reader.ReadToEnd();
    }
}
