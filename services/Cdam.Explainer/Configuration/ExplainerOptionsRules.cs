using Cdam.V1.Limits;

namespace Cdam.Explainer.Configuration;

/// <summary>The ranges of <see cref="ExplainerOptions"/>.</summary>
internal static class ExplainerOptionsRules
{
    private const long KiB = 1 << 10;
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    /// <summary>Every fault, each as <c>Explainer:Property (value) must be …</c>.</summary>
    public static IEnumerable<string> Faults(ExplainerOptions options)
    {
        var faults = new List<string?>
        {
            IsAddress(options.Listen) ? null : Fault(nameof(options.Listen), options.Listen, "http://HOST:PORT without a path; port 0 needs an IP address"),
            options.ListenHttp.Length == 0 || IsAddress(options.ListenHttp)
                ? null
                : Fault(nameof(options.ListenHttp), options.ListenHttp, "empty, or http://HOST:PORT without a path; port 0 needs an IP address"),
            ModelsFault(options),
            IsDevice(options.Device) ? null : Fault(nameof(options.Device), options.Device, "auto, cpu or cuda:N"),
            Enum.IsDefined(options.ComputeType) ? null : Fault(nameof(options.ComputeType), options.ComputeType, "Float32, Float16 or BFloat16"),
            Range(nameof(options.Threads), options.Threads, 1, 1024),
            Range(nameof(options.QueueCapacity), options.QueueCapacity, 1, 65536),
            Range(nameof(options.MaxBatchSize), options.MaxBatchSize, 1, 1024),
            Range(nameof(options.MaxMessageBytes), options.MaxMessageBytes, WireLimits.LeastMessageBytes, WireLimits.MostMessageBytes),
            Range(nameof(options.MaxImageBytes), options.MaxImageBytes, KiB, options.MaxMessageBytes),
            Range(nameof(options.MaxImagePixels), options.MaxImagePixels, 1, 512 * MiB),
            Range(nameof(options.MaxAnswerBytes), options.MaxAnswerBytes, MiB, 16 * GiB),
            Range(nameof(options.MaxInFlightPerStream), options.MaxInFlightPerStream, 1, 1024),
            Range(nameof(options.MaxPicturesPerStream), options.MaxPicturesPerStream, 1, 1024),
            Range(nameof(options.SampleBytes), options.SampleBytes, MiB, long.MaxValue),
            Range(nameof(options.BatchWindow), options.BatchWindow, TimeSpan.Zero, TimeSpan.FromSeconds(1)),
            Range(nameof(options.WriteTimeout), options.WriteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            options.ConceptService is null || IsService(options.ConceptService)
                ? null
                : Fault(nameof(options.ConceptService), options.ConceptService, "http://HOST:PORT or https://HOST:PORT without a path"),
            options.AccessFault(ExplainerOptions.Section),
            Range(nameof(options.ConceptFreshness), options.ConceptFreshness, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            Range(nameof(options.ShutdownTimeout), options.ShutdownTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        };
        return faults.OfType<string>();
    }

    private static string? ModelsFault(ExplainerOptions options) => options switch
    {
        { ModelsDirectory: { } folder } when !Directory.Exists(folder) => Fault(nameof(options.ModelsDirectory), folder, "an existing folder"),
        { ModelsDirectory: null, Models.Count: 0 } => Fault(nameof(options.ModelsDirectory), "not set", "a folder of models, unless Explainer:Models names some"),
        _ => null,
    };

    private static bool IsAddress(string listen) =>
        Uri.TryCreate(listen.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && uri is { Scheme: "http", PathAndQuery: "/", UserInfo: "" }
        && (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || (uri.Host == "localhost" && uri.Port != 0));

    private static bool IsService(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" };

    private static bool IsDevice(string device) =>
        device is "auto" or "cpu" || (device.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(device.AsSpan(5), out _));

    private static string? Range<T>(string property, T? value, T from, T to)
        where T : struct, IComparable<T> =>
        value is not { } given || (given.CompareTo(from) >= 0 && given.CompareTo(to) <= 0) ? null : Fault(property, given, $"{from} to {to}");

    private static string Fault(string property, object value, string rule) => $"{ExplainerOptions.Section}:{property} ({value}) must be {rule}";
}
