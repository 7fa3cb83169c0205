using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Cdam.Explainer.Tests.Explaining;

public sealed class ExplainFaultTests(SharedExplainer shared)
{
    private static readonly Dictionary<string, (string Field, Action<ExplainRequest> Break)> Cases = new()
    {
        ["no model"] = ("model", request => request.Model = ""),
        ["request id of 129"] = ("request_id", request => request.RequestId = new string('x', 129)),
        ["no image"] = ("image", request => request.Image = null),
        ["image without source"] = ("image.source", request => request.Image = new Image()),
        ["not an image"] = ("image.encoded", request => request.Image = new Image { Encoded = ByteString.CopyFromUtf8("hello") }),
        ["empty file"] = ("image.encoded", request => request.Image = new Image { Encoded = ByteString.Empty }),
        ["negative width"] = ("image.picture.width", request => request.Image.Picture = new Picture { Width = -64, Height = 64 }),
        ["no height"] = ("image.picture.height", request => request.Image.Picture = new Picture { Width = 64 }),
        ["too few pixels"] = ("image.picture.rgb", request => request.Image.Picture = new Picture { Width = 64, Height = 64, Rgb = ByteString.CopyFrom(1, 2, 3) }),
        ["huge sizes"] = ("image.picture.rgb", request => request.Image.Picture = new Picture { Width = int.MaxValue, Height = int.MaxValue }),
        ["not whole patches"] = ("image.picture", request => request.Image.Picture = Requests.RandomPicture(1, 60)),
        ["tensor of bytes"] = ("image.tensor.data_type", request => request.Image = Broken(tensor => tensor.DataType = TensorDataType.Uint8)),
        ["tensor without type"] = ("image.tensor.data_type", request => request.Image = Broken(tensor => tensor.DataType = TensorDataType.Unspecified)),
        ["tensor of two images"] = ("image.tensor.shape", request => request.Image = Broken(tensor => tensor.Shape.Insert(0, 2))),
        ["tensor of one channel"] = ("image.tensor.shape", request => request.Image = Broken(tensor => tensor.Shape[0] = 1)),
        ["tensor of negative side"] = ("image.tensor.shape", request => request.Image = Broken(tensor => tensor.Shape[1] = -8)),
        ["tensor cut short"] = ("image.tensor.data", request => request.Image = Broken(tensor => tensor.Data = ByteString.CopyFrom(0, 0, 0, 0))),
        ["tensor with NaN"] = ("image.tensor.data", request => request.Image = new Image { Tensor = Requests.FloatTensor([.. Enumerable.Repeat(float.NaN, 192)], 3, 8, 8) }),
        ["tensor not whole patches"] = ("image.tensor", request => request.Image = new Image { Tensor = Requests.FloatTensor(new float[3 * 8 * 9], 3, 8, 9) }),
        ["target without kind"] = ("targets[1].kind", request => request.Targets.Add([new Target { Index = 0 }, new Target()])),
        ["negative index"] = ("targets[0].index", request => request.Targets.Add(new Target { Index = -1 })),
        ["index beyond outputs"] = ("targets[0].index", request => request.Targets.Add(new Target { Index = 7 })),
        ["unknown output"] = ("targets[0].output", request => request.Targets.Add(new Target { Output = "goldfisch" })),
        ["top of none"] = ("targets[0].top", request => request.Targets.Add(new Target { Top = 0 })),
        ["negative top"] = ("targets[0].top", request => request.Targets.Add(new Target { Top = -3 })),
        ["top beyond outputs"] = ("targets[0].top", request => request.Targets.Add(new Target { Top = 8 })),
        ["all is false"] = ("targets[0].all", request => request.Targets.Add(new Target { All = false })),
        ["65 targets"] = ("targets", request => request.Targets.Add(Enumerable.Repeat(new Target { Index = 0 }, 65))),
        ["short concept"] = ("targets[0].concept.vector", request => request.Targets.Add(new Target { Concept = new Concept { Vector = { 1, 2 } } })),
        ["zero concept"] = ("targets[0].concept.vector", request => request.Targets.Add(new Target { Concept = new Concept { Vector = { new float[48] } } })),
        ["infinite concept"] = ("targets[0].concept.vector", request => request.Targets.Add(new Target { Concept = new Concept { Vector = { Enumerable.Repeat(float.PositiveInfinity, 48) } } })),
        ["unknown similarity"] = ("targets[0].concept.similarity", request => request.Targets.Add(new Target { Concept = Requests.ReferenceConcept((Similarity)9) })),
        ["unknown method"] = ("methods[0].name", request => request.Methods.Add(new MethodSpec { Name = "gradcam2" })),
        ["method without name"] = ("methods[0].name", request => request.Methods.Add(new MethodSpec())),
        ["17 methods"] = ("methods", request => request.Methods.Add(Enumerable.Repeat(new MethodSpec { Name = "cdam" }, 17))),
        ["parameter it lacks"] = ("methods[1].seed", request => request.Methods.Add([new MethodSpec { Name = "attention" }, new MethodSpec { Name = "cdam", Seed = 1 }])),
        ["no samples"] = ("methods[0].sample_count", request => request.Methods.Add(new MethodSpec { Name = "smooth-cdam", SampleCount = 0 })),
        ["1001 samples"] = ("methods[0].sample_count", request => request.Methods.Add(new MethodSpec { Name = "smooth-cdam", SampleCount = 1001 })),
        ["noise level NaN"] = ("methods[0].noise_level", request => request.Methods.Add(new MethodSpec { Name = "smooth-cdam", NoiseLevel = float.NaN })),
        ["unknown space"] = ("methods[0].token_space", request => request.Methods.Add(new MethodSpec { Name = "smooth-cdam", TokenSpace = (TokenSpace)7 })),
        ["noise of another width"] = ("methods[0].noise.shape", request => request.Methods.Add(new MethodSpec { Name = "smooth-cdam", Noise = Requests.FloatTensor(new float[65], 1, 65, 1) })),
        ["noise of other tokens"] = ("methods[0].noise.shape", request => request.Methods.Add(new MethodSpec { Name = "smooth-cdam", Noise = Requests.FloatTensor(new float[64 * 48], 1, 64, 48) })),
        ["noise of other pixels"] = ("methods[0].noise.shape", request => request.Methods.Add(new MethodSpec { Name = "smooth-grad", Noise = Requests.FloatTensor(new float[3 * 64 * 64], 1, 3, 32, 128) })),
        ["noise for an exact path"] = ("methods[0].noise", request => request.Methods.Add(new MethodSpec { Name = "integrated-gradients", Noise = Requests.FloatTensor(new float[3 * 64 * 64], 1, 3, 64, 64) })),
        ["tokens of pixels"] = ("methods[0].token_space", request => request.Methods.Add(new MethodSpec { Name = "smooth-grad", TokenSpace = TokenSpace.BlockInput })),
        ["opacity above 1"] = ("map_options.overlay_opacity", request => request.MapOptions = new MapOptions { OverlayOpacity = 1.5f }),
        ["opacity NaN"] = ("map_options.overlay_opacity", request => request.MapOptions = new MapOptions { OverlayOpacity = float.NaN }),
        ["overlay on a tensor"] = ("map_options.include_overlay", request =>
        {
            request.Image = Broken(_ => { });
            request.MapOptions = new MapOptions { IncludeOverlay = true };
        }),
        ["prepared image of a tensor"] = ("map_options.include_prepared_image", request =>
        {
            request.Image = Broken(_ => { });
            request.MapOptions = new MapOptions { IncludePreparedImage = true };
        }),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rejects_BrokenField(string name)
    {
        var request = Requests.Explain();
        Cases[name].Break(request);
        var status = await Faults.FailsAsync(Code.InvalidArgument, async () => await shared.Host.Client.ExplainAsync(request));
        Assert.Equal(Cases[name].Field, Faults.Field(status));
        Assert.DoesNotContain(" at Cdam", status.Message, StringComparison.Ordinal);
    }

    private static Image Broken(Action<Tensor> change)
    {
        var tensor = Requests.FloatTensor(new float[3 * 64 * 64], 3, 64, 64);
        change(tensor);
        return new Image { Tensor = tensor };
    }
}
