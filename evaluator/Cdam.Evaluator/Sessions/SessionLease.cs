namespace Cdam.Evaluator.Sessions;

/// <summary>The right to write to a session, until somebody else gets it.</summary>
/// <param name="Id">The session's.</param>
/// <param name="Epoch">The fencing token: the store refuses every write with one that is not the newest.</param>
internal readonly record struct SessionLease(string Id, long Epoch);
