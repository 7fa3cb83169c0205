using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>Refuses options that sessions cannot be run with, all faults in one message.</summary>
internal sealed class BenchmarkOptionsCheck : IValidateOptions<BenchmarkOptions>
{
    public ValidateOptionsResult Validate(string? name, BenchmarkOptions options)
    {
        List<string> faults = [];
        Require(nameof(options.MaxConcurrent), options.MaxConcurrent, 1, 64);
        Require(nameof(options.ImagesInFlight), options.ImagesInFlight, 1, 64);
        Require(nameof(options.LeaseSeconds), options.LeaseSeconds, 1, 3600);
        Require(nameof(options.ExplainerPatienceSeconds), options.ExplainerPatienceSeconds, 1, 86400);
        Require(nameof(options.ImageTimeoutSeconds), options.ImageTimeoutSeconds, 1, 86400);
        Require(nameof(options.MaxImages), options.MaxImages, 1, 1_000_000);
        Require(nameof(options.MaxUploadBytes), options.MaxUploadBytes, 1, long.MaxValue);
        Require(nameof(options.KeepImageSetsHours), options.KeepImageSetsHours, 1, 87600);
        foreach (var (root, folder) in options.ImageRoots)
        {
            CheckRoot(root, folder, faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(string property, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
            {
                faults.Add($"{BenchmarkOptions.Section}:{property} ({value}) must be between {least} and {most}");
            }
        }
    }

    private static void CheckRoot(string root, string folder, List<string> faults)
    {
        if (root.Length == 0 || !root.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            faults.Add($"{BenchmarkOptions.Section}:ImageRoots:{root} must have a name of letters, digits, '-' and '_'");
        }

        if (!Directory.Exists(folder))
        {
            faults.Add($"{BenchmarkOptions.Section}:ImageRoots:{root} ({folder}) must be a folder that is there");
        }
    }
}
