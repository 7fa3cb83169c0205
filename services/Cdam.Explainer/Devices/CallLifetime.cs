namespace Cdam.Explainer.Devices;

/// <summary>How long an answer is wanted.</summary>
/// <param name="Deadline">UTC; <see cref="DateTime.MaxValue"/> for none.</param>
/// <param name="Token">Cancelled when the caller gives up; gRPC cancels it at the deadline too.</param>
internal readonly record struct CallLifetime(DateTime Deadline, CancellationToken Token)
{
    /// <summary>Null while the answer is wanted, afterwards what to tell the caller.</summary>
    public Exception? Ending(TimeProvider time)
    {
        if (Deadline != DateTime.MaxValue && Deadline <= time.GetUtcNow().UtcDateTime)
        {
            return new DeadlinePassedException();
        }

        return Token.IsCancellationRequested ? new OperationCanceledException(Token) : null;
    }
}
