namespace Cdam.Evaluator.Sessions;

/// <summary>What a renewal finds.</summary>
internal enum LeaseStanding
{
    Held,

    /// <summary>Held, and a client wants the session to end.</summary>
    CancelRequested,

    /// <summary>Another evaluator has the session, or it has ended.</summary>
    Lost,
}
