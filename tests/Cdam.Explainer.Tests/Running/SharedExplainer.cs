namespace Cdam.Explainer.Tests.Running;

/// <summary>One host for all tests that leave it as it was.</summary>
public sealed class SharedExplainer : IAsyncLifetime
{
    internal RunningExplainer Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await RunningExplainer.StartAsync("--Explainer:WarmUp=true");

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
