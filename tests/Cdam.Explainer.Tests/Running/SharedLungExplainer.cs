namespace Cdam.Explainer.Tests.Running;

/// <summary>One host with the lung CT models and those with concepts, for all tests that leave it as it was.</summary>
public sealed class SharedLungExplainer : IAsyncLifetime
{
    internal RunningExplainer Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await RunningExplainer.StartAsync(LungModels.Write, "--Explainer:WarmUp=true");

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
