namespace Cdam.Training.Lidc;

/// <summary>
/// A DICOM file, a series, an annotation file or a data set cannot be used. The message names the file, the thing in it, the value
/// found and the rule that it breaks.
/// </summary>
public sealed class LidcException : Exception
{
    /// <param name="message">The file, the thing, the value and the rule.</param>
    public LidcException(string message)
        : base(message)
    {
    }

    /// <param name="message">The file, the thing, the value and the rule.</param>
    /// <param name="inner">What was found below.</param>
    public LidcException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
