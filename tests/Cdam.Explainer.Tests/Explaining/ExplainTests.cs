using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Explaining;

public sealed class ExplainTests(SharedExplainer shared)
{
    private readonly ExplainerService.ExplainerServiceClient _client = shared.Host.Client;

    [Fact]
    public async Task Explain_ReferencePicture_EqualsTheReference()
    {
        var request = Requests.Explain();
        request.RequestId = "r-1";
        request.Targets.Add(new Target { Index = 1 });
        request.Targets.Add(new Target { Concept = Requests.ReferenceConcept(Similarity.Cosine) });
        request.Methods.Add(new MethodSpec { Name = "cdam" });
        request.Methods.Add(new MethodSpec { Name = "attention-map" });
        request.Methods.Add(new MethodSpec { Name = "integrated-cdam", TokenSpace = TokenSpace.BlockInput });
        var response = await _client.ExplainAsync(request);

        Assert.Equal(("r-1", Requests.Dino), (response.RequestId, response.Model));
        ReferenceArrays.AssertClose("logits", response.Logits);
        Assert.Equal(["cdam", "cdam", "attention", "integrated-cdam", "integrated-cdam"], response.Maps.Select(map => map.Method));
        ReferenceArrays.AssertClose("cdam", response.Maps[0].Scores);
        ReferenceArrays.AssertClose("cdam_concept_cosine", response.Maps[1].Scores);
        ReferenceArrays.AssertClose("attention_map", response.Maps[2].Scores);
        ReferenceArrays.AssertClose("integrated_cdam_block_input", response.Maps[3].Scores);
        Assert.Equal(new ResolvedTarget { TargetIndex = 0, OutputIndex = 1, DisplayName = "goldfish", Value = response.Logits[1] }, response.Maps[0].Target);
        Assert.Equal((1, false, "stripes"), (response.Maps[1].Target.TargetIndex, response.Maps[1].Target.HasOutputIndex, response.Maps[1].Target.DisplayName));
        Assert.Null(response.Maps[2].Target);
        Assert.Null(response.Maps[0].Parameters);
        Assert.Equal(new MethodSpec { Name = "integrated-cdam", SampleCount = 50, TokenSpace = TokenSpace.BlockInput }, response.Maps[3].Parameters);
        Assert.Equal(new TokenLayout { Rows = 8, Columns = 8, PatchSize = 8, PrefixTokenCount = 1 }, response.TokenLayout);
        Assert.All(response.Maps, map => Assert.Equal((8, 8, MapGranularity.Token), (map.Rows, map.Columns, map.Granularity)));
        Assert.True(response.Timings is { ComputeMs: > 0, QueueMs: >= 0, PreprocessMs: > 0, BatchSize: 1 }, response.Timings.ToString());
    }

    [Fact]
    public async Task Explain_ManyTargetsAndMethods_GivesAMapOfEachInTheRequestsOrder()
    {
        var request = Requests.Explain();
        request.Targets.Add([new Target { Output = "tinca TINCA" }, new Target { All = true }, new Target { Top = 2 }]);
        request.Methods.Add([new MethodSpec { Name = "smooth-cdam", SampleCount = 2, Seed = 7 }, new MethodSpec { Name = "cdam" }]);
        var response = await _client.ExplainAsync(request);

        var ranked = Enumerable.Range(0, 7).OrderByDescending(output => response.Logits[output]).ToList();
        int[] outputs = [0, 0, 1, 2, 3, 4, 5, 6, ranked[0], ranked[1]];
        Assert.Equal([.. outputs, .. outputs], response.Maps.Select(map => map.Target.OutputIndex));
        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1, 2, 2], response.Maps.Take(10).Select(map => map.Target.TargetIndex));
        Assert.Equal(Enumerable.Repeat("smooth-cdam", 10).Concat(Enumerable.Repeat("cdam", 10)), response.Maps.Select(map => map.Method));
        ReferenceArrays.AssertClose("cdam_all_classes", response.Maps.Skip(11).Take(7).SelectMany(map => map.Scores));
        Assert.Equal(
            new MethodSpec { Name = "smooth-cdam", SampleCount = 2, Seed = 7, NoiseLevel = 0.05f, TokenSpace = TokenSpace.BlockInput },
            response.Maps[0].Parameters);
    }

    [Fact]
    public async Task Explain_WithoutTargetsAndMethods_IsCdamOfTheTopOutput()
    {
        var response = await _client.ExplainAsync(Requests.Explain());
        var map = Assert.Single(response.Maps);
        Assert.Equal("cdam", map.Method);
        Assert.Equal(response.Logits.Max(), map.Target.Value);
        Assert.Null(response.PreparedImage);
    }

    [Fact]
    public async Task Explain_GivenNoise_EqualsTheReferenceAndTellsTheNumberOfSamples()
    {
        var request = Requests.Explain();
        request.Targets.Add(new Target { Index = 1 });
        var noise = Requests.FloatTensor(ReferenceArrays.Floats("smooth_cdam_block_input_noise"), 4, 65, 48);
        request.Methods.Add(new MethodSpec { Name = "smooth-cdam", Noise = noise });
        var map = Assert.Single((await _client.ExplainAsync(request)).Maps);
        ReferenceArrays.AssertClose("smooth_cdam_block_input", map.Scores);
        Assert.Equal(new MethodSpec { Name = "smooth-cdam", SampleCount = 4, TokenSpace = TokenSpace.BlockInput }, map.Parameters);
    }

    [Fact]
    public async Task Explain_PixelMethods_EqualTheReferenceAndAreDrawn()
    {
        var request = Requests.Explain();
        request.MapOptions = new MapOptions { IncludeHeads = true, IncludeHeatMap = true, IncludeOverlay = true };
        request.Targets.Add(new Target { Index = 1 });
        var noise = Requests.FloatTensor(ReferenceArrays.Floats("smooth_gradient_noise"), 4, 3, 64, 64);
        request.Methods.Add([new MethodSpec { Name = "IxG" }, new MethodSpec { Name = "intgrad" }, new MethodSpec { Name = "smoothgrad", Noise = noise }]);
        var maps = (await _client.ExplainAsync(request)).Maps;

        Assert.Equal(["input-x-gradient", "integrated-gradients", "smooth-grad"], maps.Select(map => map.Method));
        string[] arrays = ["input_x_gradient", "integrated_gradients", "smooth_gradient"];
        Assert.All(maps.Zip(arrays), pair => ReferenceArrays.AssertClose(pair.Second, pair.First.Scores));
        Assert.All(maps, map =>
        {
            Assert.Equal((64, 64, MapGranularity.Pixel), (map.Rows, map.Columns, map.Granularity));
            Assert.Null(map.HeadRelevance);
            Assert.All([map.HeatMapPng, map.OverlayPng], png => Assert.Equal(64, ImageDecoder.Decode(png.Memory, new ImageLimits()).Width));
        });
        Assert.Equal([false, true, false], maps.Select(map => map.HasCompletenessGap));
        Assert.Equal([null, new MethodSpec { Name = "integrated-gradients", SampleCount = 50 }, new MethodSpec { Name = "smooth-grad", SampleCount = 4 }],
            maps.Select(map => map.Parameters));
    }

    [Fact]
    public async Task Explain_PixelMapsBeyondTheMessageLimit_AreRefusedBeforeTheyAreComputed()
    {
        // 64 × 64 × 4 bytes a map, 64 × 7 outputs, 16 methods: 117 MB; as patches they would be 2 MB.
        var request = Requests.Explain();
        request.Targets.Add(Enumerable.Repeat(new Target { All = true }, 64));
        request.Methods.Add(Enumerable.Repeat(new MethodSpec { Name = "smooth-grad", SampleCount = 1000 }, 16));
        var status = await Faults.FailsAsync(Code.ResourceExhausted, async () => await _client.ExplainAsync(request));
        Assert.Equal("Explainer:MaxMessageBytes", Faults.Detail<QuotaFailure>(status).Violations[0].Subject);
    }

    [Fact]
    public async Task Explain_MapOptions_AddHeadsDrawingsAndThePreparedImage()
    {
        var request = Requests.Explain();
        request.MapOptions = new MapOptions { IncludeHeads = true, IncludeHeatMap = true, IncludeOverlay = true, IncludePreparedImage = true, OverlayOpacity = 0.5f };
        var response = await _client.ExplainAsync(request);
        var map = response.Maps[0];
        Assert.Equal([3, 8, 8], map.HeadRelevance.Shape);
        var heads = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(map.HeadRelevance.Data.Span).ToArray();
        ReferenceArrays.AssertClose(map.Scores, Enumerable.Range(0, 64).Select(patch => heads[patch] + heads[64 + patch] + heads[128 + patch]));
        Assert.All([map.HeatMapPng, map.OverlayPng], png => Assert.Equal(64, ImageDecoder.Decode(png.Memory, new ImageLimits()).Width));
        Assert.Equal(new V1.PreparedImage { Picture = ReferenceArrays.Picture, SourceWidth = 64, SourceHeight = 64, OriginalWidth = 64, OriginalHeight = 64 }, response.PreparedImage);
    }

    [Fact]
    public async Task Explain_AttentionBasedMethods_EqualTheReferenceAndAreDrawnAsTheyAreScored()
    {
        var request = Requests.Explain();
        request.Targets.Add(new Target { Index = 1 });
        request.Methods.Add([new MethodSpec { Name = "rp" }, new MethodSpec { Name = "partial_lrp" }, new MethodSpec { Name = "grad-cam" }]);
        request.MapOptions = new MapOptions { IncludeHeatMap = true };
        var maps = (await _client.ExplainAsync(request)).Maps;
        Assert.Equal(["relevance-propagation", "partial-lrp", "gradcam"], maps.Select(map => map.Method));
        ReferenceArrays.AssertClose("relevance_propagation", maps[0].Scores);
        ReferenceArrays.AssertClose("gradcam", maps[2].Scores);
        Assert.Equal([MapUpsampling.Repeat, MapUpsampling.Repeat, MapUpsampling.Bilinear], maps.Select(map => map.Upsampling));
        Assert.All([(maps[0], Upsampling.Repeat), (maps[2], Upsampling.Bilinear)], drawn =>
        {
            var expected = new MapRenderer(new MapStyle { Upsampling = drawn.Item2 }).HeatMap([.. drawn.Item1.Scores], 8, 8, 64, 64);
            Assert.Equal(expected.Rgb, ImageDecoder.Decode(drawn.Item1.HeatMapPng.Memory, new ImageLimits()).Rgb);
        });
    }

    [Fact]
    public async Task Explain_EncodedPictureAndTensor_EqualThePicture()
    {
        var picture = await _client.ExplainAsync(Requests.Explain());
        var file = PngEncoder.Encode(new PixelImage(64, 64, ReferenceArrays.Picture.Rgb.ToByteArray()));
        var encoded = await _client.ExplainAsync(new ExplainRequest { Model = Requests.Dino, Image = new Image { Encoded = ByteString.CopyFrom(file) } });
        ReferenceArrays.AssertClose(picture.Maps[0].Scores, encoded.Maps[0].Scores);
        var tensor = new Image { Tensor = Requests.FloatTensor(ReferenceArrays.Floats("input"), 1, 3, 64, 64) };
        var given = await _client.ExplainAsync(new ExplainRequest { Model = Requests.Dino, Image = tensor });
        ReferenceArrays.AssertClose(picture.Maps[0].Scores, given.Maps[0].Scores);
    }

    [Fact]
    public async Task Explain_ConceptModel_ExplainsConceptsAndWhatNeedsNoTarget()
    {
        var request = Requests.Explain(Requests.Concept);
        request.Targets.Add(new Target { Concept = Requests.ReferenceConcept() });
        var response = await _client.ExplainAsync(request);
        Assert.Empty(response.Logits);
        ReferenceArrays.AssertClose("cdam_concept_dot", response.Maps[0].Scores);

        var attention = Requests.Explain(Requests.Concept);
        attention.Methods.Add(new MethodSpec { Name = "attention" });
        ReferenceArrays.AssertClose("attention_map", Assert.Single((await _client.ExplainAsync(attention)).Maps).Scores);
    }

    [Fact]
    public async Task Explain_OutputOfAConceptModel_IsAFailedPrecondition()
    {
        await Faults.FailsAsync(Code.FailedPrecondition, async () => await _client.ExplainAsync(Requests.Explain(Requests.Concept)));
        var named = Requests.Explain(Requests.Concept);
        named.Targets.Add(new Target { Output = "goldfish" });
        var status = await Faults.FailsAsync(Code.FailedPrecondition, async () => await _client.ExplainAsync(named));
        Assert.Equal("TARGET_NOT_SUPPORTED", Assert.Single(Faults.Detail<PreconditionFailure>(status).Violations).Type);
    }

    [Fact]
    public async Task Explain_UnknownModel_IsNotFoundAndNamesWhatThereIs()
    {
        var status = await Faults.FailsAsync(Code.NotFound, async () => await _client.ExplainAsync(Requests.Explain("models/none")));
        Assert.Equal("models/none", Faults.Detail<ResourceInfo>(status).ResourceName);
        Assert.Contains("models/dino, models/dino-concept, models/wide", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AnswerBeyondTheMessageLimit_IsRefusedBeforeItIsComputed()
    {
        var request = Requests.Explain();
        request.MapOptions = new MapOptions { IncludeHeads = true, IncludeOverlay = true, IncludeHeatMap = true };
        request.Targets.Add(Enumerable.Repeat(new Target { All = true }, 64));
        request.Methods.Add(Enumerable.Repeat(new MethodSpec { Name = "smooth-cdam", SampleCount = 1000 }, 16));
        var status = await Faults.FailsAsync(Code.ResourceExhausted, async () => await _client.ExplainAsync(request));
        Assert.Equal("Explainer:MaxMessageBytes", Faults.Detail<QuotaFailure>(status).Violations[0].Subject);
    }

    [Fact]
    public async Task Explain_RequestBeyondTheMessageLimit_IsResourceExhaustedAndNamesTheLimit()
    {
        await using var host = await RunningExplainer.StartAsync("--Explainer:MaxMessageBytes=65536", "--Explainer:MaxImageBytes=65536");
        var request = new ExplainRequest { Model = Requests.Dino, Image = new Image { Picture = Requests.RandomPicture(1, 160, 160) } };
        var status = await Faults.FailsAsync(Code.ResourceExhausted, async () => await host.Client.ExplainAsync(request));
        Assert.Equal("Explainer:MaxMessageBytes", Faults.Detail<QuotaFailure>(status).Violations[0].Subject);
        using var stream = host.Client.ExplainStream();
        await stream.RequestStream.SendAllAsync(new ExplainStreamRequest { Id = "a", Request = request });
        status = await Faults.FailsAsync(Code.ResourceExhausted, async () => await stream.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal("MESSAGE_TOO_LARGE", Faults.Detail<ErrorInfo>(status).Reason);
    }

    [Fact]
    public async Task Explain_ModelStillWarmingUp_IsUnavailableWithRetryInfo()
    {
        await using var host = await RunningExplainer.StartAsync();
        host.Model("dino").IsReady = false;
        var status = await Faults.FailsAsync(Code.Unavailable, async () => await host.Client.ExplainAsync(Requests.Explain()));
        Assert.True(Faults.Detail<RetryInfo>(status).RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Single((await host.Client.ExplainAsync(new ExplainRequest { Model = Requests.Wide, Image = Requests.ReferenceImage })).Maps);
    }

    [Fact]
    public async Task Call_UnknownMethod_IsUnimplementedWithDetails()
    {
        var method = new Method<ListMethodsRequest, ListMethodsResponse>(
            MethodType.Unary, "cdam.v1.ExplainerService", "Guess", Marshaller(ListMethodsRequest.Parser), Marshaller(ListMethodsResponse.Parser));
        await Faults.FailsAsync(Code.Unimplemented, async () =>
            await shared.Host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, new ListMethodsRequest()));

        static Marshaller<T> Marshaller<T>(MessageParser<T> parser)
            where T : IMessage<T> => Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
    }
}
