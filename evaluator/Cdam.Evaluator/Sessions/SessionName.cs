using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Store;

namespace Cdam.Evaluator.Sessions;

/// <summary>Names of sessions and image sets: a collection, a slash, 32 hexadecimal digits.</summary>
internal static class SessionName
{
    internal const string ImageSets = "imageSets";

    private const string Benchmarks = "benchmarks";

    /// <summary>Later ids sort later, in every database's order of texts.</summary>
    internal static string NewId() => Guid.CreateVersion7().ToString("N");

    internal static string Of(string id) => $"{Benchmarks}/{id}";

    internal static string OfImageSet(string id) => $"{ImageSets}/{id}";

    /// <summary>The id of <c>benchmarks/{id}</c>.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: it is no such name.</exception>
    internal static string Id(string name) => Id(name, Benchmarks, "name");

    /// <param name="name">What was found.</param>
    /// <param name="collection">What must come before the slash.</param>
    /// <param name="field">Where it was found.</param>
    internal static string Id(string name, string collection, string field)
    {
        var id = name.StartsWith($"{collection}/", StringComparison.Ordinal) ? name[(collection.Length + 1)..] : "";
        return IsId(id)
            ? id
            : throw RequestFault.Of(field,
                $"'{name}' is not of the form {collection}/{{id}}, the id of {StoreModel.IdLength} hexadecimal digits.");
    }

    internal static bool IsId(string text) => text.Length == StoreModel.IdLength && text.All(char.IsAsciiHexDigitLower);
}
