namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>One system for tests that leave it as it was.</summary>
public sealed class SharedSystem : IAsyncLifetime
{
    private BenchmarkFixture? _system;

    internal BenchmarkFixture System => _system!;

    public async ValueTask InitializeAsync() => _system = await BenchmarkFixture.StartAsync();

    public ValueTask DisposeAsync() => _system?.DisposeAsync() ?? ValueTask.CompletedTask;
}
