namespace Cdam.Scoring.Collecting;

/// <summary>An answer came twice, was never asked for, or has not the logits that were asked for.</summary>
/// <param name="message">Which, and what is wrong with it.</param>
public sealed class UnexpectedAnswerException(string message) : Exception(message);
