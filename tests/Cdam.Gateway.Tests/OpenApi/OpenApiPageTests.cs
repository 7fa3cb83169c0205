using Cdam.Gateway.Hosting;
using Cdam.Gateway.Json;
using Google.Api;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.OpenApi;

public sealed class OpenApiPageTests : IAsyncLifetime
{
    private GatewayFixture _gateway = null!;
    private ReadResult _page = null!;

    private OpenApiDocument Document => _page.Document!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StartWithoutDestinationAsync();
        using var client = new HttpClient { BaseAddress = _gateway.Http };
        using var text = new MemoryStream(await client.GetByteArrayAsync(new Uri("/openapi/v1.json", UriKind.Relative), Patience));
        _page = await OpenApiDocument.LoadAsync(text, "json", cancellationToken: Patience);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public void Document_ReadByAnotherLibrary_IsWithoutFault()
    {
        Assert.Empty(_page.Diagnostic!.Errors);
        Assert.Empty(_page.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_0, _page.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public void Document_HasEveryMethodWithARule()
    {
        var operations = Document.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.OperationId).ToList();
        var expected = ReflectedServices.Descriptors
            .SelectMany(service => service.Methods)
            .Where(method => method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not null)
            .Select(method => $"{method.Service.Name}_{method.Name}")
            .ToList();

        Assert.Contains("EvaluatorService_RunBenchmark", expected);
        Assert.Empty(expected.Except(operations));
        Assert.Equal(operations.Count, operations.Distinct().Count());
    }

    [Fact]
    public void Services_OfTheProject_HaveARuleForEachMethodThatJsonCanCall()
    {
        var missing = ReflectedServices.Descriptors
            .Where(service => service.FullName.StartsWith("cdam.", StringComparison.Ordinal))
            .SelectMany(service => service.Methods)
            .Where(method => !method.IsClientStreaming && HttpBindings.All.All(binding => binding.Method != method))
            .Select(method => method.FullName);

        Assert.Empty(missing);
    }

    [Fact]
    public void Explain_IsDescribedWithItsBodiesAndComments()
    {
        var explain = Document.Paths["/v1/models/{model}:explain"].Operations![HttpMethod.Post];

        Assert.Equal("Explains one image: several targets and several methods share one forward pass", explain.Summary);
        Assert.Equal(["application/json", "image/*"], explain.RequestBody!.Content!.Keys);
        Assert.Equal(["application/json", "image/png"], explain.Responses!["200"].Content!.Keys);
        Assert.Equal(["model"], explain.Parameters!.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Fields_HaveTheirFormInJsonAndTheirComment()
    {
        var schemas = Document.Components!.Schemas!;
        var request = schemas["ExplainRequest"].Properties!;

        Assert.Equal("`models/{id}`; required.", request["model"].Description);
        Assert.Equal("byte", schemas["Image"].Properties!["encoded"].Format);
        Assert.Equal(JsonSchemaType.Array, request["targets"].Type);
        Assert.Contains("LABEL_USE_PAIR", schemas["LabelUse"].Enum!.Select(value => value.ToString()));
        Assert.Equal("date-time", schemas["Benchmark"].Properties!["createTime"].Format);
    }
}
