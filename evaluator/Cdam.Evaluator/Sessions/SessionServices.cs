using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Sources;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>What sessions need of the host.</summary>
internal static class SessionServices
{
    internal static void Add(IServiceCollection services)
    {
        services.AddOptions<BenchmarkOptions>().BindConfiguration(BenchmarkOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BenchmarkOptions>, BenchmarkOptionsCheck>();
        services.AddOptions<ShardOptions>().BindConfiguration(ShardOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ShardOptions>, ShardOptionsCheck>();
        services.AddSingleton<SessionSignals>().AddSingleton<SessionStore>().AddSingleton<SessionJournal>().AddSingleton<LeaseStore>();
        services.AddSingleton<ResultReader>().AddSingleton<ImageSets>().AddSingleton<ServerFolders>().AddSingleton<ImageSources>();
        services.AddSingleton<ModelFacts>().AddSingleton<ConceptPin>().AddSingleton<SessionStart>().AddSingleton<SessionCatalogue>().AddSingleton<EventFeed>();
        services.AddSingleton<ExplainerPatience>().AddSingleton<SessionImages>().AddSingleton<SessionRun>();
        services.AddSingleton<ShardRun>().AddHostedService(provider => provider.GetRequiredService<ShardRun>());
        services.AddHostedService<SessionLoop>();
    }
}
