using Cdam.Gateway.Hosting;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Json;

/// <summary>Messages as JSON (ProtoJSON), in UTF-8.</summary>
internal static class JsonText
{
    private static readonly TypeRegistry Types = TypeRegistry.FromFiles(
        [ErrorDetailsReflection.Descriptor, .. ReflectedServices.Descriptors.Select(service => service.File)]);

    // With fields that are zero or empty: nobody should have to know defaults to read an answer.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(Types));

    internal static MemoryStream Of(IMessage message, string before = "", string after = "")
    {
        var text = new MemoryStream();
        using (var writer = new StreamWriter(text, leaveOpen: true))
        {
            writer.Write(before);
            Formatter.Format(message, writer);
            writer.Write(after);
        }

        text.Position = 0;
        return text;
    }

    /// <summary>A status without details that have no JSON, because nobody here knows them.</summary>
    internal static Status Writable(Status status)
    {
        var known = status.Details.Where(detail => Types.Find(Any.GetTypeName(detail.TypeUrl)) is not null);
        return new Status { Code = status.Code, Message = status.Message, Details = { known } };
    }
}
