namespace Cdam.Gateway.Concepts.Store;

/// <summary>A concept. Never changed once it is there.</summary>
internal sealed class ConceptRow
{
    /// <summary>As clients chose it.</summary>
    public required string Id { get; init; }

    /// <summary><c>models/{id}</c>.</summary>
    public required string Model { get; init; }

    /// <summary>What the client calls its request, 32 hexadecimal digits; null where it does not care.</summary>
    public string? RequestId { get; init; }

    /// <summary>SHA-256 of the setup.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The StoredConcept as the wire has it, without images and vector.</summary>
    public required byte[] Summary { get; init; }

    /// <summary>A StoredConcept that has nothing but images and vector.</summary>
    public required byte[] Details { get; init; }
}
