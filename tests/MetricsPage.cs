using System.Globalization;
using System.Text.RegularExpressions;

namespace Cdam.Testing;

/// <summary>What a host answers at /metrics, in Prometheus's text format. Compiled into the test projects that scrape.</summary>
internal sealed partial class MetricsPage
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples = [];

    private MetricsPage(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                Types[words[2]] = words[3];
            }
            else if (Sample().Match(line) is { Success: true } sample)
            {
                var labels = Label().Matches(sample.Groups["labels"].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
                _samples.Add((sample.Groups["name"].Value, labels, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>counter, gauge or histogram, by the metric's name.</summary>
    public Dictionary<string, string> Types { get; } = [];

    /// <param name="address">The host's address for what is not gRPC.</param>
    public static async Task<MetricsPage> ReadAsync(string address)
    {
        using var client = new HttpClient();
        return new MetricsPage(await client.GetStringAsync(new Uri($"{address}/metrics"), TestContext.Current.CancellationToken));
    }

    /// <summary>The sum of all samples of a name that have these labels; 0 where there is none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => _samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))
        .Sum(sample => sample.Value);

    /// <summary>All values that a label has in samples of a name.</summary>
    public IEnumerable<string> Values(string name, string label) =>
        _samples.Where(sample => sample.Name == name).Select(sample => sample.Labels.GetValueOrDefault(label, "")).Distinct().Order();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>[^ ]+)( \d+(\.\d+)?)?\r?$""")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(\w+)=""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Label();
}
