using Google.Protobuf;

namespace Cdam.System.Tests.Telemetry;

/// <summary>A span as it came over the wire.</summary>
/// <param name="Service">The resource's service.name.</param>
/// <param name="Trace">Its trace, in hexadecimal.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">Its parent's; empty for a root.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">1 internal, 2 server, 3 client.</param>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="End">Likewise.</param>
/// <param name="Attributes">As text.</param>
/// <param name="Links">Ids of the spans that it is linked to.</param>
internal sealed record ReceivedSpan(
    string Service, string Trace, string Id, string Parent, string Name, long Kind, ulong Start, ulong End,
    Dictionary<string, string> Attributes, IReadOnlyList<string> Links)
{
    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<ReceivedSpan> Read(ByteString request) =>
        from resource in new ProtobufFields(request).Messages(1)
        let service = Pairs(resource.Messages(1).Single(), 1)["service.name"]
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new ReceivedSpan(
            service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (long)span.Number(6), span.Number(7), span.Number(8), Pairs(span, 9),
            [.. span.Messages(13).Select(link => link.Hex(2))]);

    private static Dictionary<string, string> Pairs(ProtobufFields message, int field) => message.Messages(field)
        .ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Select(Value).FirstOrDefault(""));

    /// <summary>An AnyValue: text, truth or whole number.</summary>
    private static string Value(ProtobufFields any) => any.Has(1) ? any.Text(1) : $"{(any.Has(2) ? any.Number(2) : any.Number(3))}";
}
