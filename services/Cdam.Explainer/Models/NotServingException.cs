namespace Cdam.Explainer.Models;

/// <summary>The server or the model starts or drains.</summary>
/// <param name="message">What it is doing.</param>
/// <param name="reason">Stable, UPPER_SNAKE_CASE.</param>
internal sealed class NotServingException(string message, string reason) : Exception(message)
{
    public string Reason { get; } = reason;

    /// <summary>Another server may answer at once; the same one may take about this long to start.</summary>
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The server was told to stop.</summary>
    public static NotServingException Draining() => new("this server is shutting down and takes no further requests", "SERVER_DRAINING");

    /// <summary>The model has not warmed up.</summary>
    public static NotServingException Loading(string model) => new($"{model} is still warming up", "MODEL_LOADING");
}
