namespace Cdam.Cli.Downloads;

/// <summary>A try failed in a way that another may not.</summary>
internal sealed class TransientException(string message) : Exception(message);
