namespace Cdam.Gateway.Peeking;

/// <summary>Where a request message names its model.</summary>
/// <param name="Name">The field's path for people, for example <c>request.model</c>.</param>
/// <param name="Numbers">Field numbers from the message inwards; the last is a string's.</param>
internal sealed record ModelField(string Name, IReadOnlyList<int> Numbers);
