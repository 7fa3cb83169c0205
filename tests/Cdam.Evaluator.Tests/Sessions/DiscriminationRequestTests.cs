using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Sessions;

public sealed class DiscriminationRequestTests
{
    [Theory]
    [InlineData("'x' has 1 labels; 2 are required", 1)]
    [InlineData("both labels of 'x' are 1; two classes are required", 1, 1)]
    [InlineData("label 3 of 'x' stands for 0 of the 3 outputs", 1, 3)]
    public async Task Start_OneClassImageInADiscriminationRun_IsRefusedByNameAndNothingStarts(string found, params int[] labels)
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var (two, one) = (BenchmarkFixture.Picture(1), BenchmarkFixture.Picture(0));
        two.Labels.Add(new Target { Index = 2 });
        one.Name = "x";
        one.Labels.Clear();
        one.Labels.Add(labels.Select(label => new Target { Index = label }));
        var settings = new BenchmarkSettings
        {
            Model = "models/linear",
            Source = new BenchmarkSource { ImageSet = (await system.UploadAsync(two, one)).ImageSet },
            LabelUse = LabelUse.Pair,
            Metrics = { "a_delta_lif_mif" },
        };

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(settings));

        var violation = Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal("settings.label_use", violation.Field);
        Assert.Contains(found, violation.Description, StringComparison.Ordinal);
        Assert.Empty((await system.Client.ListBenchmarksAsync(new ListBenchmarksRequest(), cancellationToken: EvaluatorFixture.Patience)).Benchmarks);
    }
}
