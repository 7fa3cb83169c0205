using System.Text.Json;

namespace Cdam.Training.Fitting;

/// <summary>A line of JSON for each epoch, written as it ends.</summary>
internal sealed class MetricsLog
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly string _path;

    /// <param name="path">Made with its folder.</param>
    /// <param name="epochs">Epochs done so far; lines beyond, of a run that stopped before it could save, are dropped.</param>
    public MetricsLog(string path, int epochs)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllLines(path, File.Exists(path) ? [.. File.ReadLines(path).Take(epochs)] : []);
    }

    /// <summary>Adds an epoch.</summary>
    public void Write<T>(T metrics) => File.AppendAllLines(_path, [JsonSerializer.Serialize(metrics, Json)]);
}
