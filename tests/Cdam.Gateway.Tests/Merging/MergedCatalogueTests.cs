using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Merging;

public sealed class MergedCatalogueTests : IAsyncLifetime
{
    private Destination _class = null!;
    private Destination _concept = null!;
    private GatewayFixture _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await Destination.StartAsync("in class", "models/e", "models/a", "models/s");
        _concept = await Destination.StartAsync("in concept", "models/s", "models/b", "models/d");
        (_class.Explainer.Methods, _concept.Explainer.Methods) = (["cdam", "attention"], ["attention", "new"]);
        _gateway = await StartPoolsAsync([("class", _class), ("concept", _concept)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _class.DisposeAsync();
        await _concept.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Models_InPages_AreThoseOfAllPoolsByNameAndOnce(int pageSize)
    {
        var pages = new List<ListModelsResponse>();
        var token = "";
        do
        {
            pages.Add(await _gateway.Client.ListModelsAsync(new ListModelsRequest { PageSize = pageSize, PageToken = token }, cancellationToken: Patience));
            token = pages[^1].NextPageToken;
        }
        while (token.Length > 0);

        var models = pages.SelectMany(page => page.Models).Select(model => $"{model.Name} {model.DisplayName}");
        Assert.Equal(
            ["models/a in class", "models/b in concept", "models/d in concept", "models/e in class", "models/s in class"], models);
        Assert.Equal(pageSize == 0 ? 1 : (5 + pageSize - 1) / pageSize, pages.Count);
    }

    [Fact]
    public async Task Models_OfAPoolWithSeveralPages_AreAllThere()
    {
        _concept.Explainer.Models = [.. Enumerable.Range(0, 45).Select(index => $"models/m{index:d2}")];

        var answer = await _gateway.Client.ListModelsAsync(new ListModelsRequest(), cancellationToken: Patience);

        Assert.Equal(48, answer.Models.Count);
    }

    [Fact]
    public async Task Methods_OfAllPools_ComeInTheFirstPoolsOrder()
    {
        var answer = await _gateway.Client.ListMethodsAsync(new ListMethodsRequest(), cancellationToken: Patience);

        Assert.Equal(["cdam in class", "attention in class", "new in concept"], answer.Methods.Select(method => $"{method.Name} {method.DisplayName}"));
    }

    [Fact]
    public async Task Pool_ThatIsDown_IsMissingAndNamed()
    {
        await _gateway.Client.ListModelsAsync(new ListModelsRequest(), cancellationToken: Patience);
        await _class.KillAsync();

        using var models = _gateway.Client.ListModelsAsync(new ListModelsRequest(), cancellationToken: Patience);
        using var methods = _gateway.Client.ListMethodsAsync(new ListMethodsRequest(), cancellationToken: Patience);

        Assert.Equal(["models/b", "models/d", "models/s"], (await models).Models.Select(model => model.Name));
        Assert.Equal(["attention", "new"], (await methods).Methods.Select(method => method.Name));
        Assert.Equal("class", (await models.ResponseHeadersAsync).GetValue("cdam-missing-pools"));
        Assert.Equal("class", (await methods.ResponseHeadersAsync).GetValue("cdam-missing-pools"));
    }

    [Fact]
    public async Task Pools_ThatAreAllDown_MakeTheListUnavailable()
    {
        await _class.KillAsync();
        await _concept.KillAsync();

        var fault = await FailAsync(new ListModelsRequest());

        Assert.Equal((StatusCode.Unavailable, "NO_DESTINATION"), (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
        Assert.NotNull(fault.GetRpcStatus()?.GetDetail<RetryInfo>());
    }

    [Theory]
    [InlineData(-1, "", "page_size")]
    [InlineData(0, "bogus", "page_token")]
    [InlineData(0, "é", "page_token")]
    public async Task Page_ThatCannotBe_IsRefused(int size, string token, string field)
    {
        var fault = await FailAsync(new ListModelsRequest { PageSize = size, PageToken = token });

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal(field, fault.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations[0].Field);
    }

    private Task<RpcException> FailAsync(ListModelsRequest request) => Assert.ThrowsAsync<RpcException>(async () =>
        await _gateway.Client.ListModelsAsync(request, cancellationToken: Patience));
}
