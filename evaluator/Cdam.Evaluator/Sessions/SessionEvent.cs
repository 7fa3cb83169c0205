using Cdam.Evaluator.Evaluation;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Google.Protobuf.WellKnownTypes;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Sessions;

/// <summary>Events as the wire carries them; number, time and counts are known only to the transaction that writes them.</summary>
internal static class SessionEvent
{
    /// <summary>Event 1 of a session.</summary>
    internal static BenchmarkEvent Started(BenchmarkRow row, BenchmarkSettings settings)
    {
        var needs = new BenchmarkNeeds(settings);
        var started = new BenchmarkStarted
        {
            Name = SessionName.Of(row.Id),
            Settings = settings,
            PlannedForwardPasses = (long)row.ImageCount * needs.PlannedAtMost,
            NaiveForwardPasses = (long)row.ImageCount * needs.Naive,
        };
        var time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedMs));
        return Complete(new BenchmarkEvent { Number = 1, Time = time, Started = started }, row);
    }

    internal static BenchmarkEvent Measured(ImageRow image, ImageOutcome outcome, TimeSpan? remaining) => WithRemaining(remaining, new()
    {
        ImageMeasured = new ImageMeasured
        {
            Position = image.Position,
            Name = image.Name,
            Target = EventMessage.Target(outcome.Target),
            Results = { outcome.Methods.Select(MeasuredMessage.Of) },
            ForwardPasses = outcome.ForwardPasses,
            NaiveForwardPasses = outcome.NaiveForwardPasses,
            ExplainerMs = outcome.WaitedForExplainer.TotalMilliseconds,
            TotalMs = outcome.Total.TotalMilliseconds,
            SentBytes = outcome.SentBytes,
            ReceivedBytes = outcome.ReceivedBytes,
        },
    });

    internal static BenchmarkEvent Failed(ImageRow image, Status error, TimeSpan? remaining) => WithRemaining(remaining, new()
    {
        ImageFailed = new ImageFailed { Position = image.Position, Name = image.Name, Error = error },
    });

    internal static BenchmarkEvent Finished(SessionState state, Status? error, BenchmarkTable table) => new()
    {
        Finished = new BenchmarkFinished { State = (BenchmarkState)state, Error = error, Table = table },
    };

    internal static BenchmarkProgress Progress(BenchmarkRow row)
    {
        var progress = new BenchmarkProgress
        {
            ImageCount = row.ImageCount,
            MeasuredCount = row.MeasuredCount,
            FailedCount = row.FailedCount,
            ForwardPasses = row.ForwardPasses,
            NaiveForwardPasses = row.NaiveForwardPasses,
            EvaluatorCpuSeconds = row.EvaluatorCpuMs / 1000.0,
            SentBytes = row.SentBytes,
            ReceivedBytes = row.ReceivedBytes,
        };
        if (row.ExplainerCpuMs is { } passes)
        {
            progress.ExplainerCpuSeconds = passes / 1000.0;
        }

        return progress;
    }

    /// <summary>Adds the counts of <paramref name="row"/>, as they are after the event.</summary>
    internal static BenchmarkEvent Complete(BenchmarkEvent step, BenchmarkRow row)
    {
        var counts = Progress(row);
        if (step.Progress is { HasRemainingSeconds: true } told)
        {
            counts.RemainingSeconds = told.RemainingSeconds;
        }

        step.Progress = counts;
        return step;
    }

    private static BenchmarkEvent WithRemaining(TimeSpan? remaining, BenchmarkEvent step)
    {
        if (remaining is { } time)
        {
            step.Progress = new BenchmarkProgress { RemainingSeconds = time.TotalSeconds };
        }

        return step;
    }
}
