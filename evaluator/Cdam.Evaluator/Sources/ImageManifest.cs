using System.Text.Json;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;

namespace Cdam.Evaluator.Sources;

/// <summary>A file that names the images of a folder, with their labels.</summary>
/// <param name="Images">In the order in which they are measured.</param>
internal sealed record ImageManifest(IReadOnlyList<ImageManifest.Entry> Images)
{
    private const long MostBytes = 64 << 20;

    /// <param name="File">Path from the manifest's folder, parts separated by slashes.</param>
    /// <param name="Labels">Names and positions of outputs; null for none.</param>
    /// <param name="Masks">PNG files, by paths as <paramref name="File"/>, in the order of the labels; null for none.</param>
    internal sealed record Entry(string File, IReadOnlyList<ImageLabel>? Labels = null, IReadOnlyList<string>? Masks = null);

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: it cannot be read.</exception>
    internal static ImageManifest Read(string path, string field)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
            {
                throw RequestFault.Of(field, $"the manifest has {file.Length} bytes; at most {MostBytes} are permitted.");
            }

            return JsonSerializer.Deserialize<ImageManifest>(file, SessionJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException fault)
        {
            throw RequestFault.Of(field, $"the manifest cannot be read: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw RequestFault.Of(field, "the manifest cannot be opened.");
        }
    }
}
