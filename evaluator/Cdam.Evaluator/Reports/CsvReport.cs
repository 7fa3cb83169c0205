using System.Globalization;
using System.Text;
using Cdam.Evaluator.Sessions;
using Cdam.V1;

namespace Cdam.Evaluator.Reports;

/// <summary>One row for each image and method (RFC 4180); numbers have every digit.</summary>
internal static class CsvReport
{
    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> Write(BenchmarkSettings settings, IAsyncEnumerable<SettledImage> images)
    {
        yield return Line(["position", "image", "target", "method", .. settings.Metrics]);
        await foreach (var (image, methods) in images)
        {
            foreach (var method in methods)
            {
                yield return Line([
                    image.Position.ToString(CultureInfo.InvariantCulture), image.Name, image.Target ?? "", method.Method,
                    .. settings.Metrics.Select(metric => Number(method, metric)),
                ]);
            }
        }
    }

    private static string Number(MeasuredMethod method, string metric) =>
        method.Values.TryGetValue(metric, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static ReadOnlyMemory<byte> Line(IEnumerable<string> fields) =>
        Encoding.UTF8.GetBytes(string.Join(',', fields.Select(Quote)) + "\r\n");

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
