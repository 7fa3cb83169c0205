namespace Cdam.V1.Limits;

/// <summary>What messages and images may weigh where the options say nothing else: the same at gateway, explainer and evaluator.</summary>
public static class WireLimits
{
    /// <summary>The largest message in bytes: 64 MiB.</summary>
    public const int MessageBytes = 64 << 20;

    /// <summary>The least that the option for it may say: 64 KiB.</summary>
    public const int LeastMessageBytes = 64 << 10;

    /// <summary>The most that the option for it may say: 1 GiB. Clients accept answers of that size; the servers limit them.</summary>
    public const int MostMessageBytes = 1 << 30;

    /// <summary>The largest encoded image in bytes: 32 MiB, so that a message holds one beside its other fields.</summary>
    public const int ImageBytes = 32 << 20;

    /// <summary>The largest encoded image in pixels, width × height: 64 million.</summary>
    public const int ImagePixels = 64_000_000;
}
