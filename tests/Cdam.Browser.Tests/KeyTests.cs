using System.Diagnostics;
using Cdam.Gateway;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

/// <summary>A gateway that wants a key, with nothing behind it.</summary>
[Collection(SharedBrowser.Name)]
public sealed class KeyTests(BrowserFixture browser)
{
    [Fact]
    public async Task Key_WhereTheServerAsks_IsTakenForTheTabAndFaultsAreToldInWords()
    {
        var (key, line) = await CreateKeyAsync();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, line, TestContext.Current.CancellationToken);
            await using var gateway = GatewayHost.Build(
                ["--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", $"--Gateway:Access:KeyFile={file}"]);
            await gateway.StartAsync(TestContext.Current.CancellationToken);
            await using var visit = await browser.OpenAsync(address: gateway.Urls.Last());
            var dialog = visit.Page.GetByRole(AriaRole.Dialog);

            await Expect(dialog).ToContainTextAsync("The call has no credential");
            await visit.AssertAccessibleAsync();
            await dialog.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
            await visit.Page.Keyboard.PressAsync("Enter");

            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No pool of explainers has a destination");
            Assert.DoesNotContain(key, visit.Page.Url, StringComparison.Ordinal);
            Assert.Equal(key, await visit.Page.EvaluateAsync<string>("() => sessionStorage.getItem('cdam-api-key')"));
            await gateway.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(string Key, string Line)> CreateKeyAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), "keys", "create", "--id", "somebody", "--scopes", "explain"])
        {
            RedirectStandardOutput = true,
        })!;
        var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (lines[0], lines[1]);
    }
}
