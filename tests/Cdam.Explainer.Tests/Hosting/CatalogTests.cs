using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Rpc;
using Grpc.Reflection.V1Alpha;
using ModelKind = Cdam.V1.ModelKind;

namespace Cdam.Explainer.Tests.Hosting;

public sealed class CatalogTests(SharedExplainer shared)
{
    private readonly ExplainerService.ExplainerServiceClient _client = shared.Host.Client;

    [Fact]
    public async Task ListModels_Paged_GivesEachOnceByName()
    {
        var names = new List<string>();
        var token = "";
        do
        {
            var page = await _client.ListModelsAsync(new ListModelsRequest { PageSize = 2, PageToken = token });
            Assert.InRange(page.Models.Count, 1, 2);
            names.AddRange(page.Models.Select(model => model.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal([Requests.Dino, Requests.Concept, Requests.Wide], names);
        Assert.Equal(3, (await _client.ListModelsAsync(new ListModelsRequest { PageSize = int.MaxValue })).Models.Count);
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("bm9uc2Vuc2U")]
    public async Task ListModels_BadToken_IsInvalid(string token)
    {
        var status = await Faults.FailsAsync(Code.InvalidArgument, async () => await _client.ListModelsAsync(new ListModelsRequest { PageToken = token }));
        Assert.Equal("page_token", Faults.Field(status));
    }

    [Fact]
    public async Task ListModels_NegativeSize_IsInvalid()
    {
        var status = await Faults.FailsAsync(Code.InvalidArgument, async () => await _client.ListModelsAsync(new ListModelsRequest { PageSize = -1 }));
        Assert.Equal("page_size", Faults.Field(status));
    }

    [Fact]
    public async Task GetModel_Known_TellsItsFacts()
    {
        var model = (await _client.GetModelAsync(new GetModelRequest { Name = Requests.Dino })).Model;
        Assert.Equal((ModelKind.Class, "dino", 8, 48, 3, 3, 1), (model.Kind, model.DisplayName, model.PatchSize, model.EmbeddingDim, model.Depth, model.HeadCount, model.PrefixTokenCount));
        Assert.Equal((0, 0, 0), (model.InputWidth, model.GridRows, model.TokenCount));
        Assert.Equal(("float32", "cpu", "Apache-2.0", true), (model.DataType, model.Device, model.Licence, model.RandomWeights));
        Assert.Equal(["tench", "Tinca tinca"], model.Outputs[0].Names);
        Assert.Equal([ManifestFile.Hash(ModelFolderWriter.ReferencePath("dino-linear", "model.safetensors"))], model.CheckpointSha256);
        Assert.Empty((await _client.GetModelAsync(new GetModelRequest { Name = Requests.Concept })).Model.Outputs);
    }

    [Fact]
    public async Task GetModel_Unknown_IsNotFound()
    {
        await Faults.FailsAsync(Code.NotFound, async () => await _client.GetModelAsync(new GetModelRequest { Name = "models/x" }));
        await Faults.FailsAsync(Code.InvalidArgument, async () => await _client.GetModelAsync(new GetModelRequest()));
    }

    [Fact]
    public async Task ListMethods_Always_TellsParametersAndVersions()
    {
        var methods = (await _client.ListMethodsAsync(new ListMethodsRequest())).Methods;
        Assert.Equal(MethodCatalog.All.Select(method => method.Name), methods.Select(method => method.Name));
        Assert.All(methods, method => Assert.NotEmpty(method.Cost));
        Assert.Contains("LayerScale", methods.Single(method => method.Name == "partial-lrp").Departures, StringComparison.Ordinal);
        Assert.Equal(
            (MapUpsampling.Bilinear, MapUpsampling.Repeat),
            (methods.Single(method => method.Name == "gradcam").Upsampling, methods.Single(method => method.Name == "cdam").Upsampling));
        var pixels = methods.Where(method => method.Granularity == V1.MapGranularity.Pixel).Select(method => method.Name);
        Assert.Superset(new HashSet<string> { "input-x-gradient", "integrated-gradients", "smooth-grad" }, pixels.ToHashSet());
        Assert.Contains(new V1.MethodParameter { Name = "sample_count", DefaultValue = "50", Range = "1 to 1000" }, methods[1].Parameters);
        Assert.All(methods, method => Assert.NotEmpty(method.DefinitionVersion));
    }

    [Fact]
    public async Task Reflection_ListServices_NamesAll()
    {
        using var call = new ServerReflection.ServerReflectionClient(shared.Host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Superset(new HashSet<string> { "cdam.v1.ExplainerService", "grpc.health.v1.Health" }, names.ToHashSet());
    }
}
