using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Sources;
using Cdam.V1;

namespace Cdam.Evaluator.Requests;

/// <summary>Refuses settings that cannot be measured whatever the model and the images are.</summary>
internal static class SettingsCheck
{
    private const int MostMethods = 16;

    /// <returns>What was given.</returns>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the first field at fault.</exception>
    internal static BenchmarkSettings Check(BenchmarkSettings? settings)
    {
        if (settings is null)
        {
            throw RequestFault.Of("settings", "is absent; model and source are required.");
        }

        RequestCheck.CheckModel(settings.Model, "settings.model");
        CheckSource(settings.Source);
        if (settings.Methods.Count > MostMethods)
        {
            throw RequestFault.Of("settings.methods", $"{settings.Methods.Count} methods; at most {MostMethods} are permitted.");
        }

        for (var i = 0; i < settings.Methods.Count; i++)
        {
            MethodCheck.Check(settings.Methods[i], $"settings.methods[{i}]");
        }

        CheckTargets(settings);
        MetricCheck.Check(settings);
        Percentages.Check(settings.Percents, "settings.percents");
        if (settings.ImageLimit < 0)
        {
            throw RequestFault.Of("settings.image_limit", $"{settings.ImageLimit}; 0 for all images, or a positive number.");
        }

        return settings;
    }

    private static void CheckSource(BenchmarkSource? source)
    {
        switch (source?.SourceCase)
        {
            case BenchmarkSource.SourceOneofCase.ImageSet:
                SessionName.Id(source.ImageSet, SessionName.ImageSets, "settings.source.image_set");
                break;
            case BenchmarkSource.SourceOneofCase.Folder when source.Folder.Path.Length == 0:
                throw RequestFault.Of("settings.source.folder.path", "is empty; a root of this evaluator is required.");
            case BenchmarkSource.SourceOneofCase.Folder:
                break;
            case BenchmarkSource.SourceOneofCase.Scenes:
                SceneImages.Check(source.Scenes);
                break;
            default:
                throw RequestFault.Of("settings.source", "is absent; `image_set`, `folder` or `scenes` is required.");
        }
    }

    private static void CheckTargets(BenchmarkSettings settings)
    {
        TargetCheck.Check(settings.Target, "settings.target");
        if (!Enum.IsDefined(settings.LabelUse))
        {
            throw RequestFault.Of("settings.label_use", $"{(int)settings.LabelUse} is no LabelUse.");
        }

        if (settings.LabelUse != LabelUse.Unspecified && settings.Target is not null)
        {
            throw RequestFault.Of("settings.target", $"is set beside label_use {settings.LabelUse}; the labels are the targets then.");
        }
    }
}
