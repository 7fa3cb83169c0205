using Cdam.Telemetry;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Store;

/// <summary>The program's other command: brings the store up to date and ends, for a job that runs before a new version does.</summary>
internal static class StoreMigration
{
    internal const string Command = "migrate";

    /// <summary>Waits for the store as an evaluator does, <see cref="StoreOptions.PatienceSeconds"/>.</summary>
    /// <param name="settings">Of section <c>Evaluator:Store</c>; others are passed over.</param>
    /// <returns>The process's exit code: 0, or 1 where the settings or the store are at fault, which standard error says.</returns>
    internal static async Task<int> RunAsync(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        EvaluatorHost.AddConfiguration(builder.Configuration, settings);
        HostLogs.Add(builder.Logging);
        builder.Services.AddSingleton(TimeProvider.System);
        StoreServices.Add(builder.Services);
        await using var app = builder.Build();
        try
        {
            await ActivatorUtilities.CreateInstance<StoreSetUp>(app.Services).StartAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception fault) when (fault is OptionsValidationException or StoreException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
