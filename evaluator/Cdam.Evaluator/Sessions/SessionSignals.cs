using System.Collections.Concurrent;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Wakes those who wait for news of a session within this process. Other evaluators' news are found by looking into the store now and
/// then, so a signal that is missed costs time only.
/// </summary>
internal sealed class SessionSignals
{
    /// <summary>Stands for any session: what the loop that takes up sessions waits for.</summary>
    internal const string NewSession = "";

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Completes at the next news; ask before looking into the store.</summary>
    internal Task Next(string session) =>
        _waiting.GetOrAdd(session, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal void Raise(string session)
    {
        if (_waiting.TryRemove(session, out var waiting))
        {
            waiting.SetResult();
        }
    }
}
