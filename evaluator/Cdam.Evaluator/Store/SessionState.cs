namespace Cdam.Evaluator.Store;

/// <summary>As BenchmarkState on the wire; the numbers are stored.</summary>
internal enum SessionState
{
    Pending = 1,
    Running = 2,
    Succeeded = 3,
    Failed = 4,
    Cancelled = 5,
}
