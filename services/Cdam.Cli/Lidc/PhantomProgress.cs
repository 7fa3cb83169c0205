using Spectre.Console;

namespace Cdam.Cli.Lidc;

/// <summary>Moves a bar on, or, where there is no terminal to draw one on, writes a line each tenth of the way.</summary>
internal sealed class PhantomProgress(int patients, ProgressTask? bar) : IProgress<string>
{
    private const int Lines = 10;
    private int _done;

    /// <inheritdoc/>
    public void Report(string value)
    {
        var done = Interlocked.Increment(ref _done);
        if (bar is not null)
        {
            bar.Increment(1);
        }
        else if (done * Lines / patients > (done - 1) * Lines / patients)
        {
            CommandErrors.Console.WriteLine($"{done} of {patients} patients");
        }
    }
}
