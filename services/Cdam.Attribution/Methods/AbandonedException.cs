namespace Cdam.Attribution.Methods;

/// <summary>Nobody waits for the maps any more, so that the rest of them was not computed.</summary>
internal sealed class AbandonedException() : Exception("the maps are not wanted any more");
