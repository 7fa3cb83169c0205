using Cdam.Training.Fitting;

namespace Cdam.System.Tests.Training;

/// <summary>Does something at a stage's first report.</summary>
internal sealed class StoppingProgress(string stage, Action stop) : IProgress<TrainingProgress>
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Stage == stage)
        {
            stop();
        }
    }
}
