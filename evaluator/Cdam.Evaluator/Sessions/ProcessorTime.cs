namespace Cdam.Evaluator.Sessions;

/// <summary>Processor time of a session.</summary>
/// <param name="Evaluator">Of the evaluator's process, the explainer's passes left out.</param>
/// <param name="Explainer">Of the explainer's passes; null where none are in this process.</param>
internal readonly record struct ProcessorTime(TimeSpan Evaluator, TimeSpan? Explainer);
