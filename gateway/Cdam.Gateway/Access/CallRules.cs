using System.Collections.Frozen;
using Cdam.Gateway.Page;

namespace Cdam.Gateway.Access;

/// <summary>The rule of every call. What is not named here needs <c>admin</c>: a path that somebody adds is closed until it is thought about.</summary>
internal static class CallRules
{
    private const string Deletion = "Delete";

    /// <summary>Of all methods of a service but the exceptions.</summary>
    private static readonly FrozenDictionary<string, CallRule> Services = new Dictionary<string, CallRule>
    {
        ["cdam.v1.ExplainerService"] = CallRule.Explain,
        ["cdam.v1.ConceptService"] = CallRule.Explain,
        ["cdam.v1.EvaluatorService"] = CallRule.Evaluate,
        ["inference.GRPCInferenceService"] = CallRule.Explain,
        ["grpc.health.v1.Health"] = CallRule.Open,
        ["grpc.reflection.v1.ServerReflection"] = CallRule.AnyScope,
        ["grpc.reflection.v1alpha.ServerReflection"] = CallRule.AnyScope,
    }.ToFrozenDictionary();

    /// <summary>What every client asks before it works, an evaluator's too, and what probes ask.</summary>
    private static readonly FrozenDictionary<string, CallRule> Exceptions = new Dictionary<string, CallRule>
    {
        ["/cdam.v1.ExplainerService/ListModels"] = CallRule.AnyScope,
        ["/cdam.v1.ExplainerService/GetModel"] = CallRule.AnyScope,
        ["/cdam.v1.ExplainerService/ListMethods"] = CallRule.AnyScope,
        ["/inference.GRPCInferenceService/ServerLive"] = CallRule.Open,
        ["/inference.GRPCInferenceService/ServerReady"] = CallRule.Open,
        ["/inference.GRPCInferenceService/ModelReady"] = CallRule.AnyScope,
        ["/inference.GRPCInferenceService/ServerMetadata"] = CallRule.AnyScope,
        ["/inference.GRPCInferenceService/ModelMetadata"] = CallRule.AnyScope,
        ["/inference.GRPCInferenceService/ModelConfig"] = CallRule.AnyScope,
        ["/inference.GRPCInferenceService/RepositoryIndex"] = CallRule.AnyScope,
    }.ToFrozenDictionary();

    /// <summary>Probes, and what reflection tells as well. The page's files are open too: a person sees it before giving a key.</summary>
    private static readonly FrozenDictionary<string, CallRule> Paths = new Dictionary<string, CallRule>
    {
        ["/healthz/live"] = CallRule.Open,
        ["/healthz/ready"] = CallRule.Open,
        ["/openapi/v1.json"] = CallRule.AnyScope,
    }.ToFrozenDictionary();

    internal static CallRule Of(PathString path) =>
        MethodOf(path) is { } method ? OfMethod(method) : OfPage(path.Value ?? "");

    /// <summary>The gRPC method that a path calls, <c>/package.Service/Method</c>; null where it is something else.</summary>
    /// <remarks>
    /// The path must have exactly the form of a gRPC call, with the model before it or not. Routing takes more, such as other letter
    /// cases: those find no rule.
    /// </remarks>
    internal static string? MethodOf(PathString path) => (path.Value ?? "").Split('/') switch
    {
        ["", var service, var method] when Services.ContainsKey(service) => $"/{service}/{method}",
        ["", "models", _, var service, var method] when Services.ContainsKey(service) => $"/{service}/{method}",
        _ => null,
    };

    /// <param name="method"><c>/package.Service/Method</c>.</param>
    internal static CallRule OfMethod(string method)
    {
        if (Exceptions.TryGetValue(method, out var exception))
        {
            return exception;
        }

        return method.Split('/') is ["", var service, var name] && Services.TryGetValue(service, out var rule)
            && !name.StartsWith(Deletion, StringComparison.Ordinal)
            ? rule
            : CallRule.Admin;
    }

    private static CallRule OfPage(string path) => PageFiles.Has(path) ? CallRule.Open : Paths.GetValueOrDefault(path, CallRule.Admin);
}
