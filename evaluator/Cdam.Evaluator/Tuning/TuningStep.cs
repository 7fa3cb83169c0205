using Google.Rpc;

namespace Cdam.Evaluator.Tuning;

/// <summary>An image that was measured or that failed.</summary>
/// <param name="Position">Its place in the source.</param>
/// <param name="Outcome">Null where it failed.</param>
/// <param name="Error">Null where it was measured.</param>
internal sealed record TuningStep(int Position, LevelOutcome? Outcome, Status? Error);
