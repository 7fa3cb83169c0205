using Cdam.V1.Limits;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Hosting;

/// <summary>Refuses options that the gateway cannot start with; all faults are named at once.</summary>
internal sealed class GatewayOptionsCheck(IConfiguration configuration) : IValidateOptions<GatewayOptions>
{
    private const string Clusters = "ReverseProxy:Clusters";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = Listen(options).Concat(Numbers(options)).Concat(Times(options)).Concat(Pools(options)).Concat(Origins(options)).Concat(Destinations()).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Listen(GatewayOptions options)
    {
        if (!IsListener(options.Listen))
        {
            yield return Fault(nameof(options.Listen), options.Listen, "must be an http or https address such as http://127.0.0.1:8000");
        }

        if (options.ListenHttp.Length > 0 && !IsListener(options.ListenHttp))
        {
            yield return Fault(nameof(options.ListenHttp), options.ListenHttp, "must be empty or an http or https address such as http://127.0.0.1:8080");
        }
    }

    private static IEnumerable<string> Numbers(GatewayOptions options) => new[]
    {
        Within(nameof(options.MaxMessageBytes), options.MaxMessageBytes, WireLimits.LeastMessageBytes, WireLimits.MostMessageBytes),
        Within(nameof(options.PeekBytes), options.PeekBytes, 1 << 10, 4 << 20),
        Within(nameof(options.MaxAttempts), options.MaxAttempts, 1, 10),
        Within(nameof(options.ReplayBytes), options.ReplayBytes, 0, 64 << 20),
        Within(nameof(options.FailuresInARow), options.FailuresInARow, 1, 1000),
    }.OfType<string>();

    private static IEnumerable<string> Times(GatewayOptions options) => new[]
    {
        Within(nameof(options.FirstMessageTimeout), options.FirstMessageTimeout, TimeSpan.FromMilliseconds(10), Hour),
        Within(nameof(options.RefreshInterval), options.RefreshInterval, TimeSpan.FromMilliseconds(100), Hour),
        Within(nameof(options.InquiryTimeout), options.InquiryTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        Within(nameof(options.FileRefresh), options.FileRefresh, TimeSpan.FromMilliseconds(100), Hour),
        options.DnsRefresh is { } refresh ? Within(nameof(options.DnsRefresh), refresh, TimeSpan.FromSeconds(1), Hour) : null,
    }.OfType<string>();

    private IEnumerable<string> Pools(GatewayOptions options)
    {
        var clusters = configuration.GetSection(Clusters).GetChildren().Select(cluster => cluster.Key).ToList();
        foreach (var (pool, settings) in options.Pools)
        {
            if (!clusters.Contains(pool, StringComparer.OrdinalIgnoreCase) || pool == Gateway.Pools.PoolSet.Evaluators)
            {
                yield return Fault(nameof(options.Pools), pool, $"must name a cluster of explainers in {Clusters}");
            }

            if (settings.Models.Any(string.IsNullOrWhiteSpace))
            {
                yield return Fault($"{nameof(options.Pools)}:{pool}:{nameof(settings.Models)}", "", "must be names of models, models/{id}");
            }
        }
    }

    private static IEnumerable<string> Origins(GatewayOptions options) =>
        from origin in options.Cors.Origins
        where origin != CorsSettings.Any && (!IsAddress(origin) || new Uri(origin).GetLeftPart(UriPartial.Authority) != origin)
        select Fault($"{nameof(options.Cors)}:{nameof(options.Cors.Origins)}", origin, "must be * or an origin such as https://viewer.example, without path");

    private IEnumerable<string> Destinations() =>
        from cluster in configuration.GetSection(Clusters).GetChildren()
        from destination in cluster.GetSection("Destinations").GetChildren()
        where !IsAddress(destination["Address"])
        select $"{destination.Path}:Address ({destination["Address"]}) must be an http or https address such as http://127.0.0.1:8001";

    /// <summary>An address, or <c>*</c> for the host: every interface.</summary>
    private static bool IsListener(string text) => IsAddress(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal));

    private static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string? Within<T>(string option, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? null : Fault(option, $"{value}", $"must be {least} to {most}");

    private static string Fault(string option, string value, string rule) => $"{GatewayOptions.Section}:{option} ({value}) {rule}";
}
