namespace Cdam.Training.Heads.Latents;

/// <summary>Makes the next item on another thread while one is in use, so that a network need not wait for files.</summary>
internal static class Prefetch
{
    /// <summary>The items in order; each maker runs once, one item ahead.</summary>
    public static IEnumerable<T> Ahead<T>(IEnumerable<Func<T>> makers)
    {
        Task<T>? ahead = null;
        foreach (var make in makers)
        {
            var due = ahead;
            ahead = Task.Run(make);
            if (due is not null)
            {
                yield return due.GetAwaiter().GetResult();
            }
        }

        if (ahead is not null)
        {
            yield return ahead.GetAwaiter().GetResult();
        }
    }
}
