using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests;

public sealed class RequestTests
{
    public static TheoryData<string, string, Action<EvaluateImageRequest>> Faults => new()
    {
        { "model", "'linear'", request => request.Model = "linear" },
        { "model", "''", request => request.Model = "" },
        { "image", "absent", request => request.Image = null },
        { "image", "absent", request => request.Image = new Image() },
        { "image.encoded", "empty", request => request.Image = new Image { Encoded = ByteString.Empty } },
        { "image.tensor", "no pixels", request => request.Image = new Image { Tensor = new Tensor() } },
        { "image.volume", "one picture", request => request.Image = new Image { Volume = new Volume() } },
        { "image.crop", "one picture", request => request.Image = new Image { Crop = new VolumeCrop() } },
        { "image.slices", "one picture", request => request.Image = new Image { Slices = new SliceTriple() } },
        { "image.picture.width", "0", request => request.Image.Picture.Width = 0 },
        { "image.picture.height", "-1", request => request.Image.Picture.Height = -1 },
        { "image.picture.rgb", "= 1224", request => request.Image.Picture.Height = 17 },
        { "target", "empty", request => request.Target = new Target() },
        { "target.index", "-1", request => request.Target = new Target { Index = -1 } },
        { "target.output", "empty", request => request.Target = new Target { Output = "" } },
        { "target.top", "2", request => request.Target = new Target { Top = 2 } },
        { "target.all", "false", request => request.Target = new Target { All = false } },
        { "target", "several outputs", request => request.Target = new Target { All = true } },
        { "target.concept_id", "empty", request => request.Target = new Target { ConceptId = "" } },
        { "target.concept.vector", "0 values", request => request.Target = Concept() },
        { "target.concept.vector", "2 values", request => request.Target = Concept(0, 0) },
        { "target.concept.vector", "not finite", request => request.Target = Concept(1, float.NaN) },
        { "target.concept.similarity", "9", request => (request.Target = Concept(1)).Concept.Similarity = (Similarity)9 },
        { "methods", "17", request => request.Methods.AddRange(Enumerable.Repeat(new MethodSpec { Name = "cdam" }, 17)) },
        { "methods", "'cdam'", request => request.Methods.AddRange(Enumerable.Repeat(new MethodSpec { Name = "cdam" }, 2)) },
        { "methods[0].name", "empty", request => request.Methods.Add(new MethodSpec()) },
        { "methods[0].sample_count", "0", request => request.Methods.Add(new MethodSpec { Name = "m", SampleCount = 0 }) },
        { "methods[0].noise_level", "NaN", request => request.Methods.Add(new MethodSpec { Name = "m", NoiseLevel = float.NaN }) },
        { "methods[0].token_space", "9", request => request.Methods.Add(new MethodSpec { Name = "m", TokenSpace = (TokenSpace)9 }) },
        { "methods[0].noise", "excludes", request => request.Methods.Add(new MethodSpec { Name = "m", Seed = 1, Noise = Noise(1, 1, 1) }) },
        { "methods[0].noise.shape", "[1, 1]", request => request.Methods.Add(new MethodSpec { Name = "m", Noise = Noise(1, 1) }) },
        { "methods[0].noise.shape", "[1, 1, 1, 1, 1]", request => request.Methods.Add(new MethodSpec { Name = "m", Noise = Noise(1, 1, 1, 1, 1) }) },
        { "methods[0].noise.data", "needs 72", request => request.Methods.Add(new MethodSpec { Name = "m", Noise = Noise(2, 3, 1, 3) }) },
        { "methods[0].noise.data", "needs 8", request => request.Methods.Add(new MethodSpec { Name = "m", Noise = Noise(1, 2, 1) }) },
        {
            "methods[0].noise.data_type", "Uint8", request =>
            {
                request.Methods.Add(new MethodSpec { Name = "m", Noise = Noise(1, 1, 1) });
                request.Methods[0].Noise.DataType = TensorDataType.Uint8;
            }
        },
        { "percents", "1 percentages", request => request.Percents.Add(0) },
        { "percents", "256", request => request.Percents.AddRange(Enumerable.Range(0, 256).Select(i => i / 10.0)) },
        { "percents[1]", "100.5", request => request.Percents.AddRange([0, 100.5]) },
        { "percents[0]", "NaN", request => request.Percents.AddRange([double.NaN, 1]) },
        { "percents[2]", "50 after 50", request => request.Percents.AddRange([0, 50, 50]) },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task EvaluateImage_FieldAtFault_IsNamedWithItsValue(string field, string found, Action<EvaluateImageRequest> spoil)
    {
        await using var system = await EvaluatorFixture.StartAsync();
        var request = EvaluatorFixture.Request();
        spoil(request);

        var fault = await system.FailAsync(request);

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        var violation = Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.Contains(found, violation.Description, StringComparison.Ordinal);
        Assert.Equal("cdam", fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Domain);
    }

    [Fact]
    public async Task EvaluateImage_MessageOverTheLimit_IsRefusedWithDetails()
    {
        await using var system = await EvaluatorFixture.StartAsync("--Evaluator:MaxMessageBytes=65536", "--Evaluator:MaxImageBytes=65536");
        var request = EvaluatorFixture.Request();
        request.Image = new Image { Encoded = ByteString.CopyFrom(new byte[70_000]) };

        var fault = await system.FailAsync(request);

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Equal("cdam", fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Domain);
        Assert.Equal("Evaluator:MaxMessageBytes", fault.GetRpcStatus()?.GetDetail<QuotaFailure>()?.Violations[0].Subject);
        Assert.Contains("65536 bytes (Evaluator:MaxMessageBytes)", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateImage_ImageOverTheLimit_NamesItsSizeAndTheLimit()
    {
        await using var system = await EvaluatorFixture.StartAsync("--Evaluator:MaxImageBytes=2000");
        var request = EvaluatorFixture.Request();
        request.Image = new Image { Encoded = ByteString.CopyFrom(new byte[2001]) };

        var fault = await system.FailAsync(request);

        var violation = Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal(("image.encoded", "2001 bytes; at most 2000 are permitted (Evaluator:MaxImageBytes)."), (violation.Field, violation.Description));
    }

    private static Target Concept(params float[] vector) => new() { Concept = new Concept { Vector = { vector } } };

    private static Tensor Noise(params long[] shape) =>
        new() { DataType = TensorDataType.Float32, Shape = { shape }, Data = ByteString.CopyFrom(new byte[4]) };
}
