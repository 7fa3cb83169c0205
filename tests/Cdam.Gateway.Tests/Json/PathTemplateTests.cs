using Cdam.Gateway.Json;

namespace Cdam.Gateway.Tests.Json;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/v1/models", "/v1/models", "")]
    [InlineData("/v1/{name=models/*}", "/v1/models/a-b.c", "models/a-b.c")]
    [InlineData("/v1/{model=models/*}:explain", "/v1/models/a:explain", "models/a")]
    [InlineData("/v1/{name=sets/*/items/*}/report", "/v1/sets/1/items/2/report", "sets/1/items/2")]
    [InlineData("/v2/models/{name}/versions/{version}", "/v2/models/a/versions/1", "a,1")]
    public void Match_APathOfItsForm_GivesTheVariables(string template, string path, string values) =>
        Assert.Equal(values, string.Join(',', new PathTemplate(template).Match(path) ?? ["none"]));

    [Theory]
    [InlineData("/v1/models", "/v1/models/")]
    [InlineData("/v1/models", "/V1/models")]
    [InlineData("/v1/{name=models/*}", "/v1/models/")]
    [InlineData("/v1/{name=models/*}", "/v1/models/a/b")]
    [InlineData("/v1/{name=models/*}", "/v1/models/a:explain")]
    [InlineData("/v1/{name=models/*}", "/v1/benchmarks/a")]
    [InlineData("/v1/{model=models/*}:explain", "/v1/models/a:explainx")]
    [InlineData("/v1/a.b", "/v1/axb")]
    public void Match_AnyOtherPath_IsNone(string template, string path) => Assert.Null(new PathTemplate(template).Match(path));
}
