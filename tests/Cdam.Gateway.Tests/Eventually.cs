namespace Cdam.Gateway.Tests;

/// <summary>Waits for what happens by itself.</summary>
internal static class Eventually
{
    /// <summary>Asks until it is so; only a test that fails waits a minute.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> isSo)
    {
        var patience = GatewayFixture.Patience;
        while (!await isSo())
        {
            await Task.Delay(20, patience);
        }
    }
}
