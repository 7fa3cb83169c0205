namespace Cdam.Evaluator.Store;

/// <summary>The store cannot be used; the message says which and why.</summary>
public sealed class StoreException(string message, Exception cause) : Exception(message, cause);
