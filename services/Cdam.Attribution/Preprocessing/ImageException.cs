namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// The picture sent is at fault: broken, of an unsupported kind, or over a limit. The message says what was found and the rule.
/// </summary>
public sealed class ImageException : Exception
{
    public ImageException()
    {
    }

    public ImageException(string message)
        : base(message)
    {
    }

    public ImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
