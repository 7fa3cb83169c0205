using System.Text.RegularExpressions;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Concepts;

/// <summary>Names of concepts, <c>concepts/{id}</c>.</summary>
internal static partial class ConceptName
{
    internal const string Collection = "concepts/";

    internal static string Of(string id) => Collection + id;

    /// <summary>As the ids of models and of the concepts that come with them.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    internal static string RequireId(string id, string field) => Pattern().IsMatch(id)
        ? id
        : throw WireStatus.InvalidArgument(
            field, $"is '{Shorten(id)}'; must be 1 to 63 lower-case letters, digits, '-', '.', '_', starting with a letter or digit").ToRpcException();

    /// <summary>The id in a resource name.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is none.</exception>
    internal static string IdOf(string name, string field) => name.StartsWith(Collection, StringComparison.Ordinal)
        ? RequireId(name[Collection.Length..], field)
        : throw WireStatus.InvalidArgument(field, $"is '{Shorten(name)}'; must be a concept's name, concepts/{{id}}").ToRpcException();

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,62}\z")]
    private static partial Regex Pattern();
}
