using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Inference;

namespace Cdam.Explainer.Tests.Inference;

public sealed class ModelInferTests(SharedExplainer shared, SharedLungExplainer lungs)
{
    private readonly GRPCInferenceService.GRPCInferenceServiceClient _client = new(shared.Host.Channel);

    [Fact]
    public async Task ModelInfer_OfPixels_AnswersTheReferenceLogitsRaw()
    {
        var response = await _client.ModelInferAsync(InferenceRequests.Pixels());
        Assert.Equal(("dino", "1", "r-7"), (response.ModelName, response.ModelVersion, response.Id));
        Assert.Equal(("logits", "1×7"), (Assert.Single(response.Outputs).Name, response.ShapeOf("logits")));
        Assert.Single(response.RawOutputContents);
        ReferenceArrays.AssertClose("logits", response.Floats("logits"));
    }

    [Fact]
    public async Task ModelInfer_WithMethodAndTarget_AnswersMapsInTypedContents()
    {
        var request = InferenceRequests.Normalized().With("method", "cdam, attention").With("target", "1");
        var response = await _client.ModelInferAsync(request);
        Assert.Equal(["logits", "map_cdam", "map_attention", "target_index", "target_value", "target_name"], response.Outputs.Select(output => output.Name));
        Assert.Empty(response.RawOutputContents);
        Assert.Equal(("1×1×8×8", "1×1×8×8"), (response.ShapeOf("map_cdam"), response.ShapeOf("map_attention")));
        ReferenceArrays.AssertClose("cdam", response.Floats("map_cdam"));
        ReferenceArrays.AssertClose("attention_map", response.Floats("map_attention"));
        Assert.Equal([1L], response.Outputs[3].Contents.Int64Contents);
        Assert.Equal(response.Floats("logits")[1], Assert.Single(response.Floats("target_value")));
        Assert.Equal("goldfish", Assert.Single(response.Outputs[5].Contents.BytesContents).ToStringUtf8());
    }

    [Fact]
    public async Task ModelInfer_OfRequestedOutputs_IsWhatExplainSays()
    {
        var request = InferenceRequests.Pixels().With("target", "shark; top:2")
            .Asking("latent")
            .Asking("map_smooth-cdam", ("sample_count", new InferParameter { Int64Param = 3 }), ("seed", new InferParameter { Uint64Param = 9 }))
            .Asking("map_cdam");
        var response = await _client.ModelInferAsync(request);
        var explain = Requests.Explain();
        explain.Targets.Add([new Target { Output = "shark" }, new Target { Top = 2 }]);
        explain.Methods.Add([new MethodSpec { Name = "smooth-cdam", SampleCount = 3, Seed = 9 }, new MethodSpec { Name = "cdam" }]);
        var expected = await shared.Host.Client.ExplainAsync(explain);

        Assert.Equal(["latent", "map_smooth-cdam", "map_cdam"], response.Outputs.Select(output => output.Name));
        ReferenceArrays.AssertClose("latent", response.Floats("latent"));
        Assert.Equal("1×3×8×8", response.ShapeOf("map_cdam"));
        Assert.Equal(expected.Maps.Where(map => map.Method == "smooth-cdam").SelectMany(map => map.Scores), response.Floats("map_smooth-cdam"));
        Assert.Equal(expected.Maps.Where(map => map.Method == "cdam").SelectMany(map => map.Scores), response.Floats("map_cdam"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ModelInfer_OfABatchOfFiles_StacksTheirAnswers(bool raw)
    {
        var picture = ReferenceArrays.Picture;
        var png = PngEncoder.Encode(new PixelImage(picture.Width, picture.Height, picture.Rgb.ToByteArray()));
        var request = InferenceRequests.Request("BYTES", 2).With("method", "cdam").With("target", "1");
        if (raw)
        {
            byte[] framed = [.. BitConverter.GetBytes(png.Length), .. png];
            request.RawInputContents.Add(ByteString.CopyFrom([.. framed, .. framed]));
        }
        else
        {
            request.Inputs[0].Contents = new InferTensorContents { BytesContents = { ByteString.CopyFrom(png), ByteString.CopyFrom(png) } };
        }

        var response = await _client.ModelInferAsync(request);
        var alone = await shared.Host.Client.ExplainAsync(new ExplainRequest
        {
            Model = Requests.Dino, Image = new Image { Encoded = ByteString.CopyFrom(png) }, Targets = { new Target { Index = 1 } },
        });
        Assert.Equal(("2×7", 2), (response.ShapeOf("logits"), (int)response.Outputs.Single(output => output.Name == "map_cdam").Shape[0]));
        // Batches round otherwise than images alone: a few units of the last place of the largest logit.
        Assert.All(alone.Logits.Concat(alone.Logits).Zip(response.Floats("logits")), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(2 * alone.Maps[0].Scores.Count, response.Floats("map_cdam").Length);
    }

    [Fact]
    public async Task ModelInfer_OfACrop_AnswersAMapForEachViewAndOutput()
    {
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(lungs.Host.Channel);
        var request = InferenceRequests.Request("INT16", 1, 32, 32, 32).With("method", "cdam");
        (request.ModelName, request.Inputs[0].Name) = ("models/biomarkers", "crop");
        request.RawInputContents.Add(Nodules.OfCrop.Crop.Voxels);
        var response = await client.ModelInferAsync(request);
        var expected = await lungs.Host.Client.ExplainAsync(Nodules.Explain(LungModels.Biomarkers, Nodules.OfCrop));
        Assert.Equal("1×3×8×5×5", response.ShapeOf("map_cdam"));
        Assert.Equal(expected.Logits, response.Floats("logits"));
        Assert.Equal(expected.Maps.SelectMany(map => map.Scores), response.Floats("map_cdam"));
    }

    [Fact]
    public async Task ModelInfer_OfAModelWithoutHead_AnswersTheLatent()
    {
        var request = InferenceRequests.Pixels();
        request.ModelName = "dino-concept";
        ReferenceArrays.AssertClose("latent", (await _client.ModelInferAsync(request)).Floats("latent"));
    }

    public static TheoryData<string, string> Faulty => new()
    {
        { "model_name", "" }, { "model_version", "2" }, { "inputs", "none" }, { "inputs[0].name", "picture" }, { "inputs[0].shape", "65" },
        { "inputs[0].shape", "extents" }, { "inputs[0].contents", "short" }, { "inputs[0].datatype", "FP16" }, { "raw_input_contents", "two" },
        { "parameters.method", "magic" }, { "parameters.target", "no such class" }, { "parameters.target", "top:x" }, { "parameters.sample_count", "x" },
        { "parameters.colour", "red" }, { "outputs[0].name", "scores" }, { "outputs[0].name", "map_magic" }, { "outputs[1].name", "twice" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task ModelInfer_WithAFault_NamesItsField(string field, string fault)
    {
        var request = fault switch
        {
            "" => Changed(request => request.ModelName = ""),
            "2" => Changed(request => request.ModelVersion = "2"),
            "none" => Changed(request => request.Inputs.Clear()),
            "picture" => Changed(request => request.Inputs[0].Name = "picture"),
            "65" => Changed(request => request.Inputs[0].Shape[0] = 65),
            "extents" => Changed(request => request.Inputs[0].Shape[3] = 4),
            "short" => Changed(request => request.RawInputContents[0] = ByteString.CopyFrom(1, 2)),
            "FP16" => Changed(request => (request.Inputs[0].Datatype, request.Inputs[0].Contents, _) = ("FP16", new InferTensorContents(), Cleared(request))),
            "two" => Changed(request => request.RawInputContents.Add(ByteString.Empty)),
            "magic" => Changed(request => request.With("method", "magic")),
            "no such class" or "top:x" => Changed(request => request.With("method", "cdam").With("target", fault)),
            "x" => Changed(request => request.With("method", "smooth-cdam").With("sample_count", "x")),
            "red" => Changed(request => request.With("colour", "red")),
            "twice" => Changed(request => request.Asking("logits").Asking("logits")),
            _ => Changed(request => request.Asking(fault)),
        };
        var status = await Faults.FailsAsync(Code.InvalidArgument, async () => await _client.ModelInferAsync(request));
        Assert.Equal(field, Faults.Field(status));
    }

    [Fact]
    public async Task ModelInfer_OfAModelThatIsNotThere_IsNotFound()
    {
        var request = InferenceRequests.Pixels();
        request.ModelName = "nobody";
        await Faults.FailsAsync(Code.NotFound, async () => await _client.ModelInferAsync(request));
    }

    private static ModelInferRequest Changed(Action<ModelInferRequest> change)
    {
        var request = InferenceRequests.Pixels();
        change(request);
        return request;
    }

    private static bool Cleared(ModelInferRequest request)
    {
        request.RawInputContents.Clear();
        return true;
    }
}
