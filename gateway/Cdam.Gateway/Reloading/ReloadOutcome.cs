namespace Cdam.Gateway.Reloading;

/// <summary>What came of files that changed.</summary>
/// <param name="Files">Their paths, separated by commas.</param>
/// <param name="Fault">Why the old value stays in use; null where the new one is.</param>
internal sealed record ReloadOutcome(string Files, string? Fault);
