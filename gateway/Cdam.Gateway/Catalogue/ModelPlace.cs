namespace Cdam.Gateway.Catalogue;

/// <summary>A destination that has a model.</summary>
/// <param name="Pool">Its cluster.</param>
/// <param name="Destination">Its name within the cluster.</param>
/// <param name="IsReady">False where it does not serve the model now.</param>
internal sealed record ModelPlace(string Pool, string Destination, bool IsReady);
