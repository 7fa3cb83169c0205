namespace Cdam.Attribution.Models;

/// <summary>A model folder cannot be used: its manifest, a file's hash, or its tensors break a rule. The message names the folder.</summary>
public sealed class ModelException : Exception
{
    /// <param name="message">The thing, the value found and the rule.</param>
    public ModelException(string message)
        : base(message)
    {
    }

    /// <param name="message">The thing, the value found and the rule.</param>
    /// <param name="inner">What was found below.</param>
    public ModelException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
