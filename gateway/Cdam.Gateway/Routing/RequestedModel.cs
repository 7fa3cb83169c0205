using Cdam.Gateway.Catalogue;
using Cdam.V1.Errors;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Routing;

/// <summary>The model that a request names outside its messages: by its path, or by its header.</summary>
internal static class RequestedModel
{
    internal const string Header = "cdam-model";

    /// <summary>Reads path and header, which must agree.</summary>
    /// <param name="fault">Null unless they do not, or the header names several.</param>
    /// <returns><c>models/{id}</c>; null where neither names one.</returns>
    internal static string? Read(HttpContext context, out Status? fault)
    {
        var values = context.Request.Headers.GetCommaSeparatedValues(Header).Where(value => value.Length > 0);
        var named = values.Select(ModelName.Of).Distinct(StringComparer.Ordinal).ToList();
        var path = CallPath.ModelOf(context) is { } inPath ? ModelName.Of(inPath) : null;
        fault = named.Count > 1 || (path is not null && named.Any(name => name != path))
            ? WireStatus.InvalidArgument(Header, $"is '{string.Join(", ", named)}'; must be one model, and that of the path if it names one")
            : null;
        return path ?? named.FirstOrDefault();
    }
}
