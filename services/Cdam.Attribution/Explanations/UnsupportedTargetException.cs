namespace Cdam.Attribution.Explanations;

/// <summary>The request is well-formed, but this model cannot serve it, for example an output of a model without head.</summary>
/// <param name="message">What is asked, what the model is, and what would work.</param>
public sealed class UnsupportedTargetException(string message) : Exception(message);
