using Cdam.Evaluator.Store;
using Cdam.V1;
using Google.Protobuf.WellKnownTypes;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Sessions;

/// <summary>A session as the wire carries it.</summary>
internal static class BenchmarkMessage
{
    internal static Benchmark Of(BenchmarkRow row) => new()
    {
        Name = SessionName.Of(row.Id),
        State = (BenchmarkState)row.State,
        Settings = BenchmarkSettings.Parser.ParseFrom(row.Settings),
        CreateTime = Time(row.CreatedMs),
        EndTime = row.EndedMs is { } ended ? Time(ended) : null,
        Progress = SessionEvent.Progress(row),
        LastEvent = row.EventCount,
        Error = row.Error is { } error ? Status.Parser.ParseFrom(error) : null,
        CancelRequested = row.CancelRequested,
    };

    private static Timestamp Time(long milliseconds) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
