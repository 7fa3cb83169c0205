using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Cdam.Telemetry.Calls;

/// <summary>The methods that a host knows: a client may call any path, and each name would be kept for ever.</summary>
/// <param name="services">The services of the host, or behind it.</param>
public sealed class RpcMethods(IEnumerable<ServiceDescriptor> services)
{
    private const string Other = "_OTHER";

    private readonly FrozenDictionary<string, string> _names = services
        .SelectMany(service => service.Methods, (service, method) => $"{service.FullName}/{method.Name}")
        .Distinct(StringComparer.Ordinal)
        .ToFrozenDictionary(name => name, StringComparer.Ordinal);

    /// <summary><c>package.Service/Method</c>, the last two segments of a path; <c>_OTHER</c> where there is no such method.</summary>
    public string Name(string? path)
    {
        var method = path?.LastIndexOf('/') ?? -1;
        var service = method > 0 ? path!.LastIndexOf('/', method - 1) : -1;
        return service >= 0 && _names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan(service + 1), out var name) ? name : Other;
    }
}
