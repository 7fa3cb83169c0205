using System.Collections.Frozen;
using Cdam.V1;
using Google.Protobuf.Reflection;
using Inference;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Cdam.Gateway.Peeking;

/// <summary>
/// The model field of each method of the explainers, read from the descriptors: a string <c>model</c> of the request, or of a message
/// in it; of a method that gets a resource, <c>name</c>; <c>model_name</c> in the Open Inference Protocol.
/// </summary>
internal static class ModelFields
{
    // GetModel; ModelReady, ModelMetadata, ModelConfig.
    private static readonly string[] GettersOfModels = ["Get", "Model"];

    private static readonly FrozenDictionary<string, ModelField> ByMethod = ((IEnumerable<ServiceDescriptor>)[ExplainerService.Descriptor, GRPCInferenceService.Descriptor])
        .SelectMany(service => service.Methods)
        .Select(method => (Path: $"/{method.Service.FullName}/{method.Name}", Field: Find(method)))
        .Where(entry => entry.Field is not null)
        .ToFrozenDictionary(entry => entry.Path, entry => entry.Field!, StringComparer.Ordinal);

    /// <param name="method">For example <c>/cdam.v1.ExplainerService/Explain</c>.</param>
    /// <returns>Null where the method's request names no model.</returns>
    internal static ModelField? Of(string method) => ByMethod.GetValueOrDefault(method);

    private static ModelField? Find(MethodDescriptor method)
    {
        var fields = method.InputType.Fields.InFieldNumberOrder();
        if ((Named(method.InputType, "model") ?? Named(method.InputType, "model_name")) is { } direct)
        {
            return new ModelField(direct.Name, [direct.FieldNumber]);
        }

        foreach (var outer in fields.Where(field => field is { FieldType: FieldType.Message, IsRepeated: false }))
        {
            if (Named(outer.MessageType, "model") is { } inner)
            {
                return new ModelField($"{outer.Name}.{inner.Name}", [outer.FieldNumber, inner.FieldNumber]);
            }
        }

        return GettersOfModels.Any(start => method.Name.StartsWith(start, StringComparison.Ordinal)) && Named(method.InputType, "name") is { } name
            ? new ModelField(name.Name, [name.FieldNumber])
            : null;
    }

    private static FieldDescriptor? Named(MessageDescriptor message, string name) =>
        message.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } field ? field : null;
}
