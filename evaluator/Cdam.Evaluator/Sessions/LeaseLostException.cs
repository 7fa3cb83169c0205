namespace Cdam.Evaluator.Sessions;

/// <summary>A write was refused: another evaluator has taken the session over, or it has ended.</summary>
internal sealed class LeaseLostException(SessionLease lease)
    : Exception($"Epoch {lease.Epoch} of session {lease.Id} is not the current one any more.");
