using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Streams;

public sealed class PredictTests(SharedExplainer shared)
{
    private const int Pixels = 64 * 64;
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_EveryKindOfRegion_EqualsDirectComputation()
    {
        var ranks = Enumerable.Range(0, Pixels).Select(pixel => (byte)(pixel % 7 == 6 ? 255 : pixel % 7)).ToArray();
        var mask = Enumerable.Range(0, Pixels / 8).Select(index => (byte)(index * 37)).ToArray();
        var answers = await TalkAsync(
            Perturb(1, perturbation => perturbation.Everything = false),
            Perturb(2, perturbation => perturbation.Everything = true),
            Perturb(3, perturbation => perturbation.Box = new Box { Top = 8, Left = 16, Height = 24, Width = 48 }),
            Perturb(4, perturbation => perturbation.BitMask = ByteString.CopyFrom(mask)),
            Perturb(5, perturbation => perturbation.RankPlan = new RankPlan { StepCount = 6, FirstStep = ByteString.CopyFrom(ranks) }),
            Perturb(6, perturbation => perturbation.Box = new Box { Top = 64, Left = 64 }));
        Assert.Equal(new PredictReady { Model = Requests.Dino, MaxInFlight = 16, MaxPictures = 16 }, answers[0].Ready);
        var logits = answers.Skip(1).ToDictionary(answer => (answer.Logits.PerturbationId, answer.Logits.Step), answer => answer.Logits.Values);
        Assert.Equal(11, logits.Count);
        ReferenceArrays.AssertClose("logits", logits[(1, 0)]);
        AssertPredicted(_ => true, logits[(2, 0)]);
        AssertPredicted(pixel => pixel / 64 is >= 8 and < 32 && pixel % 64 is >= 16 and < 64, logits[(3, 0)]);
        AssertPredicted(pixel => (mask[pixel / 8] >> (pixel % 8) & 1) != 0, logits[(4, 0)]);
        for (var step = 0; step < 6; step++)
        {
            AssertPredicted(pixel => ranks[pixel] <= step, logits[(5, step)]);
        }

        Assert.Equal(logits[(1, 0)], logits[(6, 0)], (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public async Task Predict_OutputsAndConcepts_ComeInTheSetupsOrder()
    {
        var setup = new PredictSetup { Model = Requests.Dino, OutputIndices = { 3, 1 }, Concepts = { Requests.ReferenceConcept() } };
        var answers = await TalkAsync(setup, Perturb(1, perturbation => perturbation.Everything = false));
        var logits = ReferenceArrays.Floats("logits");
        var similarity = ReferenceArrays.Floats("latent").Zip(ReferenceArrays.Floats("concept_vector")).Sum(pair => pair.First * pair.Second);
        ReferenceArrays.AssertClose([logits[3], logits[1], similarity], answers[1].Logits.Values);
    }

    [Fact]
    public async Task Predict_CurveOfTheReference_IsReproduced()
    {
        // The MIF curve of the reference: patches ranked by CDAM, 0 to 100 % in tens, read at output 1.
        var map = ReferenceArrays.Floats("cdam");
        var order = Enumerable.Range(0, Pixels).OrderByDescending(pixel => map[pixel / 64 / 8 * 8 + pixel % 64 / 8]).ToArray();
        var counts = Enumerable.Range(0, 11).Select(tenth => (int)Math.Round(Pixels * tenth / 10.0, MidpointRounding.ToEven)).ToArray();
        var first = new byte[Pixels];
        for (var rank = 0; rank < Pixels; rank++)
        {
            first[order[rank]] = (byte)Array.FindIndex(counts, count => rank < count);
        }

        var setup = new PredictSetup { Model = Requests.Dino, OutputIndices = { 1 } };
        var plan = new RankPlan { StepCount = 11, FirstStep = ByteString.CopyFrom(first) };
        var answers = await TalkAsync(setup, Perturb(1, perturbation => perturbation.RankPlan = plan));
        ReferenceArrays.AssertClose("curve_mif", answers.Skip(1).OrderBy(answer => answer.Logits.Step).Select(answer => answer.Logits.Values[0]));
    }

    [Fact]
    public async Task Predict_Faults_AreErrorsOfTheirItemsAndTheStreamGoesOn()
    {
        var answers = await TalkAsync(
            Perturb(1, perturbation => perturbation.PictureId = 99),
            Perturb(2, perturbation => perturbation.Box = new Box { Top = 60, Left = 0, Height = 5, Width = 5 }),
            Perturb(3, perturbation => perturbation.Box = new Box { Top = -1, Left = 0, Height = 5, Width = 5 }),
            Perturb(4, perturbation => perturbation.Box = new Box { Top = int.MaxValue, Height = int.MaxValue }),
            Perturb(5, perturbation => perturbation.BitMask = ByteString.CopyFrom(1, 2)),
            Perturb(6, perturbation => perturbation.RankPlan = new RankPlan { StepCount = 0, FirstStep = ByteString.CopyFrom(new byte[Pixels]) }),
            Perturb(7, perturbation => perturbation.RankPlan = new RankPlan { StepCount = 256, FirstStep = ByteString.CopyFrom(new byte[Pixels]) }),
            Perturb(8, perturbation => perturbation.RankPlan = new RankPlan { StepCount = 2, FirstStep = ByteString.CopyFrom(new byte[5]) }),
            Perturb(9, _ => { }),
            new PredictRequest { ReleasePictureId = 12 },
            new PredictRequest { Picture = new PerturbationPicture { PictureId = 7 } },
            new PredictRequest { Picture = new PerturbationPicture { PictureId = 8, Picture = Requests.RandomPicture(1, 60) } },
            new PredictRequest { Picture = new PerturbationPicture { PictureId = 9, Picture = ReferenceArrays.Picture, Baseline = Requests.RandomPicture(1, 72) } },
            Perturb(10, perturbation => perturbation.Everything = true),
            new PredictRequest { ReleasePictureId = 0 },
            Perturb(11, perturbation => perturbation.Everything = true));
        var errors = answers.Where(answer => answer.Error is not null).Select(answer => answer.Error).ToList();
        string[] fields =
        [
            "perturbation.picture_id", "perturbation.box", "perturbation.box", "perturbation.box", "perturbation.bit_mask",
            "perturbation.rank_plan.step_count", "perturbation.rank_plan.step_count", "perturbation.rank_plan.first_step", "perturbation.region",
            "release_picture_id", "picture.picture", "picture.picture", "picture.baseline", "perturbation.picture_id",
        ];
        Assert.Equal(fields, errors.Select(error => Faults.Field(Faults.IsStatus(Code.InvalidArgument, error.Status))));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 11], errors.Where(error => error.HasPerturbationId).Select(error => error.PerturbationId));
        Assert.Equal([12, 7, 8, 9], errors.Where(error => !error.HasPerturbationId).Select(error => error.PictureId));
        Assert.Equal(10, Assert.Single(answers, answer => answer.Logits is not null).Logits.PerturbationId);
    }

    [Fact]
    public async Task Predict_MorePicturesThanAllowed_IsResourceExhaustedUntilOneIsReleased()
    {
        var pictures = Enumerable.Range(1, 16).Select(id => Picture(id)).ToList();
        var answers = await TalkAsync([.. pictures, new PredictRequest { ReleasePictureId = 3 }, Picture(16), Picture(16)]);
        var error = Assert.Single(answers, answer => answer.Error is not null).Error;
        Assert.Equal(16, error.PictureId);
        Faults.IsStatus(Code.ResourceExhausted, error.Status);

        static PredictRequest Picture(int id) => new() { Picture = new PerturbationPicture { PictureId = id, Picture = ReferenceArrays.Picture } };
    }

    [Fact]
    public async Task Predict_WithoutSetupOrWithABadOne_EndsTheStream()
    {
        Assert.Equal("setup", Faults.Field(await FailsAsync(Code.InvalidArgument, Perturb(1, _ => { }))));
        Assert.Equal("setup.model", Faults.Field(await FailsAsync(Code.InvalidArgument, new PredictRequest { Setup = new PredictSetup() })));
        Assert.Equal("setup.output_indices[1]", Faults.Field(await FailsAsync(
            Code.InvalidArgument, new PredictRequest { Setup = new PredictSetup { Model = Requests.Dino, OutputIndices = { 0, 7 } } })));
        Assert.Equal("setup.concepts[0].vector", Faults.Field(await FailsAsync(
            Code.InvalidArgument, new PredictRequest { Setup = new PredictSetup { Model = Requests.Dino, Concepts = { new Concept() } } })));
        await FailsAsync(Code.NotFound, new PredictRequest { Setup = new PredictSetup { Model = "models/none" } });
        await FailsAsync(Code.FailedPrecondition, new PredictRequest { Setup = new PredictSetup { Model = Requests.Concept } });
        var setup = new PredictRequest { Setup = new PredictSetup { Model = Requests.Dino } };
        Assert.Equal("setup", Faults.Field(await FailsAsync(Code.InvalidArgument, setup, setup)));
        Assert.Equal("message", Faults.Field(await FailsAsync(Code.InvalidArgument, setup, new PredictRequest())));
    }

    private static PredictRequest Perturb(long id, Action<Perturbation> set)
    {
        var perturbation = new Perturbation { PerturbationId = id };
        set(perturbation);
        return new PredictRequest { Perturbation = perturbation };
    }

    private void AssertPredicted(Func<int, bool> replaced, IEnumerable<float> logits)
    {
        var rgb = ReferenceArrays.Picture.Rgb.ToByteArray();
        for (var sample = 0; sample < rgb.Length; sample++)
        {
            rgb[sample] = replaced(sample / 3) ? ReferenceArrays.Blurred.Rgb[sample] : rgb[sample];
        }

        var expected = shared.Host.Model("dino").Engine.Predict([ModelInput.FromPicture(new PixelImage(64, 64, rgb))])[0].Logits;
        ReferenceArrays.AssertClose(expected, logits);
    }

    private Task<List<PredictResponse>> TalkAsync(params PredictRequest[] messages) => TalkAsync(new PredictSetup { Model = Requests.Dino }, messages);

    private Task<List<PredictResponse>> TalkAsync(PredictSetup setup, params PredictRequest[] messages)
    {
        var picture = new PerturbationPicture { Picture = ReferenceArrays.Picture, Baseline = ReferenceArrays.Blurred };
        return SendAsync([new PredictRequest { Setup = setup }, new PredictRequest { Picture = picture }, .. messages]);
    }

    private Task<Google.Rpc.Status> FailsAsync(Code code, params PredictRequest[] messages) => Faults.FailsAsync(code, () => SendAsync(messages));

    private async Task<List<PredictResponse>> SendAsync(PredictRequest[] messages)
    {
        using var call = shared.Host.Client.Predict(cancellationToken: Timely);
        var reading = call.ResponseStream.ReadAllAsync(Timely).ToListAsync(Timely).AsTask();
        await call.RequestStream.SendAllAsync(messages);
        return await reading;
    }
}
