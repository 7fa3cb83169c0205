using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.InProcess;

/// <summary>What the pipeline says in answer to an inner call, but for the body; nothing of it goes out by itself.</summary>
internal sealed class InnerResponse : IHttpResponseFeature, IHttpResponseTrailersFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    [Obsolete("Of IHttpResponseFeature, in whose place IHttpResponseBodyFeature has come.")]
    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted { get; private set; }

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    /// <summary>From here on headers are final.</summary>
    internal async Task StartAsync()
    {
        if (HasStarted)
        {
            return;
        }

        while (_starting.TryPop(out var next))
        {
            await next.Callback(next.State);
        }

        HasStarted = true;
    }

    internal async Task CompleteAsync()
    {
        await StartAsync();
        while (_completed.TryPop(out var next))
        {
            await next.Callback(next.State);
        }
    }
}
