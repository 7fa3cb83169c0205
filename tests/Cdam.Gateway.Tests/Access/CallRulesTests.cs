using System.Reflection;
using Cdam.Gateway.Access;
using Google.Protobuf.Reflection;

namespace Cdam.Gateway.Tests.Access;

public sealed class CallRulesTests
{
    private static readonly HashSet<string> Any =
    [
        "/cdam.v1.ExplainerService/ListModels",
        "/cdam.v1.ExplainerService/GetModel",
        "/cdam.v1.ExplainerService/ListMethods",
        "/inference.GRPCInferenceService/ModelReady",
        "/inference.GRPCInferenceService/ServerMetadata",
        "/inference.GRPCInferenceService/ModelMetadata",
        "/inference.GRPCInferenceService/ModelConfig",
        "/inference.GRPCInferenceService/RepositoryIndex",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    ];

    private static readonly HashSet<string> Open =
    [
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
        "/grpc.health.v1.Health/List",
        "/inference.GRPCInferenceService/ServerLive",
        "/inference.GRPCInferenceService/ServerReady",
    ];

    /// <summary>Of every service of this project's protos, and of those that the gateway answers beside them.</summary>
    public static TheoryData<string> Methods => [.. All()];

    [Fact]
    public void Methods_OfAllServices_AreFound() => Assert.InRange(All().Count(), 25, 1000);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_OfAnyService_HasARuleOfItsOwn(string method)
    {
        Assert.True(CallRules.MethodOf(method) == method, $"the service of {method} has no rule: add it to CallRules");
        var rule = CallRules.OfMethod(method);
        var expected = Any.Contains(method) ? "any"
            : Open.Contains(method) ? "open"
            : method.Contains("/Delete", StringComparison.Ordinal) ? "admin"
            : method.Contains("EvaluatorService", StringComparison.Ordinal) ? "evaluate"
            : "explain";
        Assert.Equal(expected, rule.ToString());
    }

    [Theory]
    [InlineData("/models/m/cdam.v1.ExplainerService/Explain", "explain")]
    [InlineData("/cdam.v1.ConceptService/DeleteConcept", "admin")]
    [InlineData("/cdam.v1.EvaluatorService/DeleteBenchmark", "admin")]
    [InlineData("/", "open")]
    [InlineData("/healthz/live", "open")]
    [InlineData("/healthz/live/", "admin")]
    [InlineData("/metrics", "admin")]
    [InlineData("/openapi/v1.json", "any")]
    [InlineData("/healthz", "admin")]
    [InlineData("/v1/models", "admin")]
    [InlineData("", "admin")]
    [InlineData("//cdam.v1.ExplainerService/ListModels", "admin")]
    [InlineData("/cdam.v1.ExplainerService/ListModels/", "admin")]
    [InlineData("/cdam.v1.explainerservice/ListModels", "admin")]
    [InlineData("/x/models/m/cdam.v1.ExplainerService/ListModels", "admin")]
    [InlineData("/cdam.v1.ExplainerService/grpc.health.v1.Health/Check", "admin")]
    [InlineData("/models/m/grpc.health.v1.Health/Check/x", "admin")]
    public void Path_OfWhateverKind_HasARuleAndWithoutTheExactFormOfACallAdmin(string path, string rule) => Assert.Equal(rule, CallRules.Of(path).ToString());

    private static IEnumerable<string> All() =>
        new[] { typeof(V1.ExplainerService).Assembly, typeof(Grpc.Health.V1.Health).Assembly, typeof(Grpc.Reflection.V1.ServerReflection).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods)
            .Select(method => $"/{method.Service.FullName}/{method.Name}");
}
