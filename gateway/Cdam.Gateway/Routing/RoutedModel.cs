namespace Cdam.Gateway.Routing;

/// <summary>A feature of a call that went where its model is.</summary>
/// <param name="Name"><c>models/{id}</c>; null where the call was sent to the only pool without asking.</param>
/// <param name="IsReady">False where no destination serves the model now, so that one is asked only for its reason.</param>
internal sealed record RoutedModel(string? Name, bool IsReady);
