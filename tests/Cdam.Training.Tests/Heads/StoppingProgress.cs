using Cdam.Training.Fitting;

namespace Cdam.Training.Tests.Heads;

/// <summary>Asks for a stop at a certain report of a stage.</summary>
/// <param name="stage">How the stage's name begins.</param>
/// <param name="report">Which of its reports, from 1.</param>
internal sealed class StoppingProgress(string stage, int report) : IProgress<TrainingProgress>, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _reports;

    public CancellationToken Token => _source.Token;

    public void Report(TrainingProgress value)
    {
        if (value.Stage.StartsWith(stage, StringComparison.Ordinal) && ++_reports == report)
        {
            _source.Cancel();
        }
    }

    public void Dispose() => _source.Dispose();
}
