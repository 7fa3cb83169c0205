namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// A checkpoint cannot be read: it is missing, damaged, hostile, or of a kind that is not supported.
/// The message names the file, the thing in it, the value found and the rule that it breaks.
/// </summary>
public sealed class CheckpointException : Exception
{
    public CheckpointException(string message)
        : base(message)
    {
    }

    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
