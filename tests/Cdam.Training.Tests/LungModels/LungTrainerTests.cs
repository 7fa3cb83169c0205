using System.Text.Json;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Training.LungModels;
using Cdam.Training.LungModels.Splits;

namespace Cdam.Training.Tests.LungModels;

public sealed class LungTrainerTests : IDisposable
{
    private static readonly IReadOnlyList<LungNodule> Nodules = TestNodules.Draw(64);
    private static readonly LungTrainingOptions Malignancy = new()
    {
        Kind = ModelKind.Malignancy,
        Epochs = 10,
        BatchSize = 8,
        LearningRate = 3e-3,
        TrainableTensors = 44,
    };

    private static readonly LungTrainingOptions OfBiomarkers = Malignancy with { Kind = ModelKind.Biomarker, TrainableTensors = 46, Epochs = 15, HalfProducts = false };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LungRecipe.Appendix, 2)]
    [InlineData(LungRecipe.Main, 1)]
    public void Run_RadiusDecidesMalignancy_IsLearnt(LungRecipe recipe, int folds)
    {
        var report = Train(Malignancy with { Recipe = recipe });
        Assert.Equal(folds, report.Folds.Count);

        // Balls of radius 3 to 5 and 7 to 11 look nothing alike: what has learnt anything tells them apart.
        Assert.All(report.Folds, fold => Assert.InRange(Figure(fold, "malignancy", "auc"), 0.98, 1));
        Assert.All(report.Folds, fold => Assert.InRange(Figure(fold, "malignancy", "accuracy"), 0.9, 1));
        Assert.Equal(folds > 1, report.Summary[0].Deviation is not null);
    }

    [Fact]
    public void Run_RandomLabels_ClaimsNothingOnTheTestPart()
    {
        // Labels that say nothing: an AUC far from a half would show that test nodules leak into training.
        var shuffled = Nodules.Select((nodule, index) => nodule with
        {
            Source = nodule.Source with { Malignancy = index * 7 % 5 < 2 ? 4 : 2, Label = Cdam.Training.Lidc.Nodule.LabelOf(index * 7 % 5 < 2 ? 4 : 2) },
        });
        var report = Train(Malignancy, [.. shuffled]);

        // Of 13 against 19 nodules the AUC's standard deviation is 0.105; four of them.
        Assert.All(report.Folds, fold => Assert.InRange(Figure(fold, "malignancy", "auc"), 0.5 - 0.42, 0.5 + 0.42));
    }

    [Fact]
    public void Run_Biomarkers_AreLearntAndServedInClinicalUnitsAsReported()
    {
        var report = Train(OfBiomarkers);
        var written = report.Folds[report.WrittenFold - 1];
        Assert.Equal(report.Folds.Min(fold => fold.ValidationLoss), written.ValidationLoss);

        // 1 is what the mean of the training nodules would get.
        Assert.InRange(Figure(written, "all", "mse"), 0, 0.5);
        Assert.InRange(Figure(written, "diameter", "correlation"), 0.8, 1);

        using var model = ExplainableModel.Load(_folder.Path("out"), new ModelOptions { Device = "cpu" });
        Assert.Equal(ModelKind.Biomarker, model.Manifest.Kind);
        Assert.Equal("sphericity", model.Outputs[7][0]);
        var tested = Split(OfBiomarkers, Nodules)[report.WrittenFold - 1].Test;
        for (var output = 0; output < 8; output++)
        {
            var error = tested.Average(nodule => Math.Pow(Served(model, nodule)[output] - nodule.Biomarkers[output], 2));
            var reported = Figure(written, model.Outputs[output][0], "mse_clinical");

            // The scale is folded into the head in float32, and errors are differences of near numbers.
            Assert.Equal(reported, error, 1e-3 * reported);
        }
    }

    [Fact]
    public void Run_ChangedTestNodules_ChangeNothingButTheFigures()
    {
        var splits = Split(OfBiomarkers, Nodules);
        var altered = splits[0] with { Test = [.. splits[0].Test.Select(TestNodules.Altered)] };
        var options = OfBiomarkers with { Epochs = 2 };
        var first = Train(options, [splits[0]], "first");
        var second = Train(options, [altered], "second");
        Assert.NotEqual(first.Folds[0].Figures, second.Folds[0].Figures);
        Assert.Equal(first.Folds[0].ValidationLoss, second.Folds[0].ValidationLoss);
        Assert.Equal(File.ReadAllBytes(_folder.Path("first/model.safetensors")), File.ReadAllBytes(_folder.Path("second/model.safetensors")));
        var (one, two) = (ModelManifest.Read(_folder.Path("first")), ModelManifest.Read(_folder.Path("second")));
        Assert.Equal(one.Volume, two.Volume);
        Assert.Equal(one.OutputScale, two.OutputScale);
    }

    [Fact]
    public void Run_ChangedTrainingNodule_ChangesTheModel()
    {
        var splits = Split(OfBiomarkers, Nodules);
        var altered = splits[0] with { Train = [TestNodules.Altered(splits[0].Train[0]), .. splits[0].Train.Skip(1)] };
        var options = OfBiomarkers with { Epochs = 1 };
        Train(options, [splits[0]], "first");
        Train(options, [altered], "second");
        Assert.NotEqual(ModelManifest.Read(_folder.Path("first")).Volume, ModelManifest.Read(_folder.Path("second")).Volume);
        Assert.NotEqual(File.ReadAllBytes(_folder.Path("first/model.safetensors")), File.ReadAllBytes(_folder.Path("second/model.safetensors")));
    }

    [Fact]
    public void Run_WritesMetricsReportAndManifest()
    {
        var options = Malignancy with { Epochs = 2, Name = "mine" };
        var report = Train(options);
        var lines = File.ReadAllLines(_folder.Path("out/training/fold-2/metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([1, 2], lines.Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.Equal(report.Folds[1].ValidationLoss, lines.Min(line => line.GetProperty("validation_loss").GetDouble()));

        using var written = JsonDocument.Parse(File.ReadAllBytes(_folder.Path("out/report.json")));
        Assert.Equal("malignancy", written.RootElement.GetProperty("kind").GetString());
        Assert.Equal(report.Summary[1].Mean, written.RootElement.GetProperty("summary")[1].GetProperty("mean").GetDouble());
        var manifest = ModelManifest.Read(_folder.Path("out"));
        Assert.Equal(("mine", ModelKind.Malignancy, HeadKind.Linear), (manifest.Id, manifest.Kind, manifest.Head));
        Assert.Contains($"fold {report.WrittenFold}", manifest.Source, StringComparison.Ordinal);
        using var weights = Checkpoint.Open(_folder.Path("out/model.safetensors"));
        Assert.All(weights.Tensors.Values, tensor => Assert.Equal(TensorType.Float16, tensor.Type));
    }

    [Fact]
    public void Run_NoBetterForAsLongAsPatience_StopsAndKeepsTheBest()
    {
        // So high a rate makes losses jump about.
        var report = Train(OfBiomarkers with { LearningRate = 0.3, Epochs = 20, Patience = 2 });
        Assert.Contains(report.Folds, fold => fold.Epochs < 20);
        Assert.All(report.Folds.Where(fold => fold.Epochs < 20), fold => Assert.Equal(fold.BestEpoch + 2, fold.Epochs));
    }

    [Fact]
    public void Run_FolderOfAnotherTraining_IsRefused()
    {
        Train(Malignancy with { Epochs = 1 });
        var refusal = Assert.Throws<ArgumentException>(() => Train(Malignancy with { Epochs = 1, Seed = 2 }));
        Assert.Contains("fold-1/state holds another training", refusal.Message.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BackboneSmallerThanASlice_IsRefusedByName()
    {
        using var backbone = TestBackbone.Load(_folder, TestBackbone.Config with { Image = 16 });
        var refusal = Assert.Throws<ArgumentException>(
            () => new LungTrainer(Malignancy, _folder.Path("out")).Run(Split(Malignancy, Nodules), backbone, CancellationToken.None));
        Assert.Contains("backbone tiny: volume.side is 16", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trainer_FaultyOptions_AllAreNamed()
    {
        var options = new LungTrainingOptions { Kind = ModelKind.Class, Epochs = 0, Dropout = 1, Patience = 0, BatchSize = 0, LearningRate = double.NaN, Name = "No" };
        var message = Assert.Throws<ArgumentException>(() => new LungTrainer(options, _folder.Path("out"))).Message;
        Assert.All(["kind", "epochs", "dropout", "patience", "batch size", "learning rate", "name"], name => Assert.Contains($"{name} is ", message, StringComparison.Ordinal));
    }

    private static float[] Served(ExplainableModel model, LungNodule nodule)
    {
        ModelInput[] views = [.. model.Slices!.Prepare(nodule.Crop).Select(slice => slice.Input)];
        return Prediction.Mean(model.Predict(views)).Logits;
    }

    private static double Figure(LungFoldReport fold, string output, string measure) =>
        fold.Figures.Single(figure => figure.Output == output && figure.Measure == measure).Value!.Value;

    private static IReadOnlyList<LungSplit> Split(LungTrainingOptions options, IReadOnlyList<LungNodule> nodules) => LungSplits.Of(nodules, 2, options);

    private LungReport Train(LungTrainingOptions options, IReadOnlyList<LungNodule>? nodules = null) => Train(options, Split(options, nodules ?? Nodules), "out");

    private LungReport Train(LungTrainingOptions options, IReadOnlyList<LungSplit> splits, string name)
    {
        using var backbone = TestBackbone.Load(_folder);
        return new LungTrainer(options, _folder.Path(name)).Run(splits, backbone, CancellationToken.None);
    }
}
