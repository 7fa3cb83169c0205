using System.Data.Common;
using Cdam.Telemetry;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>The program's other command: brings the store of concepts up to date and ends, for a job that runs before a new version does.</summary>
internal static class ConceptMigration
{
    internal const string Command = "migrate";

    /// <param name="settings">Of section <c>Gateway:Concepts</c>; others are passed over.</param>
    /// <returns>The process's exit code: 0, or 1 where the settings or the store are at fault, which standard error says.</returns>
    internal static async Task<int> RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        GatewayHost.AddConfiguration(builder, settings);
        HostLogs.Add(builder.Logging);
        ConceptServices.AddStore(builder.Services);
        await using var app = builder.Build();
        try
        {
            var options = app.Services.GetRequiredService<IOptions<ConceptOptions>>().Value;
            return await OpenAsync(app.Services.GetRequiredService<ConceptStoreSetUp>(), options);
        }
        catch (OptionsValidationException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task<int> OpenAsync(ConceptStoreSetUp store, ConceptOptions options)
    {
        try
        {
            await using var context = await store.OpenAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception fault) when (fault is DbException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(options.Place.CannotBeOpened(fault.GetBaseException().Message));
            return 1;
        }
    }
}
