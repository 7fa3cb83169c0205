namespace Cdam.Explainer.Streams;

/// <summary>A client has not read for too long.</summary>
internal sealed class StalledClientException(TimeSpan waited)
    : Exception($"an answer has waited {waited.TotalSeconds:f0} s for the client to read it; the stream is aborted");
