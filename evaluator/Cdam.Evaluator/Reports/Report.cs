using System.Text;

namespace Cdam.Evaluator.Reports;

/// <summary>A session's results, or a part of them, as a file.</summary>
/// <param name="MediaType">For example <c>text/csv</c>.</param>
/// <param name="FileName">Without folder.</param>
/// <param name="Pieces">Its bytes, in order; a piece is valid until the next is asked for.</param>
internal sealed record Report(string MediaType, string FileName, IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces)
{
    internal static Report Of(string mediaType, string fileName, byte[] content) =>
        new(mediaType, fileName, new[] { (ReadOnlyMemory<byte>)content }.ToAsyncEnumerable());

    internal static Report Of(string mediaType, string fileName, string content) => Of(mediaType, fileName, Encoding.UTF8.GetBytes(content));
}
