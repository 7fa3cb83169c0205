namespace Cdam.Gateway.Concepts.Store;

/// <summary>The store of concepts cannot be used now; the cause says why, and may hold what clients must not see.</summary>
internal sealed class ConceptStoreException(Exception cause) : Exception("the store of concepts cannot be used now", cause);
