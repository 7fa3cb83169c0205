using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using Cdam.Training.Fitting;
using Cdam.Training.Lidc;
using Cdam.Training.LungModels.Figures;
using Cdam.Training.LungModels.Splits;
using Cdam.Training.Networks;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels;

/// <summary>
/// Trains lung CT models on a pretrained backbone by the published recipes (Brocki, Binda, Chung; Section 5 and A.5.2): a random view
/// of each nodule an epoch, Adam, the best validation loss kept. Stopped at any time, it goes on behind the last whole epoch.
/// </summary>
public sealed class LungTrainer
{
    private readonly LungTrainingOptions _options;
    private readonly string _folder;
    private readonly Device _device;
    private readonly IProgress<TrainingProgress>? _progress;

    /// <param name="options">How to train.</param>
    /// <param name="folder">Takes the finished model and the report; its subfolder <c>training</c> takes metrics and what is needed to go on.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <exception cref="ArgumentException">Options break their rules, all of which are named; or the device cannot be had.</exception>
    public LungTrainer(LungTrainingOptions options, string folder, string device = "cpu", IProgress<TrainingProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        TorchRuntime.Load();
        (_options, _folder, _progress) = (options, folder, progress);
        _device = ModelPlacement.Resolve(new ModelOptions { Device = device }).Device;
    }

    /// <summary>
    /// Trains all folds, or goes on with them. The model folder holds the model of the fold with the lowest validation loss so far, so
    /// that no test nodule has a say in which one it is.
    /// </summary>
    /// <param name="dataset">What to learn from.</param>
    /// <param name="backbone">A model folder; its head, if it has one, is not used.</param>
    /// <exception cref="OperationCanceledException">Stopped; the next run goes on.</exception>
    /// <exception cref="ArgumentException">The data set cannot be learnt from, or the folder holds another training.</exception>
    /// <exception cref="LidcException">A crop cannot be read.</exception>
    /// <exception cref="ModelException">The backbone cannot be used.</exception>
    public LungReport Run(NoduleDataset dataset, string backbone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var pretrained = PretrainedBackbone.Load(backbone);
        return Run(LungSplits.Of(LungNodule.ReadAll(dataset), dataset.Folds, _options), pretrained, cancellation);
    }

    internal LungReport Run(IReadOnlyList<LungSplit> splits, PretrainedBackbone backbone, CancellationToken cancellation)
    {
        var progress = new LungProgress(_progress, splits.Sum(split => (long)_options.Epochs * LungFold.StepsPerEpoch(split, _options)));
        var reports = new List<LungFoldReport>();
        foreach (var split in splits)
        {
            using var fold = new LungFold(_options, split, backbone, _device, Path.Combine(_folder, "training", $"fold-{split.Number}"));
            fold.Train(progress, cancellation);
            var report = fold.Report();
            reports.Add(report);
            if (reports.TrueForAll(other => report.ValidationLoss <= other.ValidationLoss))
            {
                LungModelFolder.Write(_folder, _options, backbone, fold, report);
            }
        }

        return Summarise(reports);
    }

    private LungReport Summarise(List<LungFoldReport> folds)
    {
        // Of equals the last, as above.
        var written = folds.Last(fold => fold.ValidationLoss == folds.Min(other => other.ValidationLoss));
        var summary = LungFigureSummary.Of([.. folds.Select(fold => fold.Figures)]);
        var report = new LungReport(_options.Kind, _options.Recipe, written.Fold, folds, summary);
        report.Write(_folder);
        return report;
    }
}
