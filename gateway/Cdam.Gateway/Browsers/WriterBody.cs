using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.Browsers;

/// <summary>A response's body whose stream is its pipe.</summary>
internal sealed class WriterBody(IHttpResponseBodyFeature body) : IHttpResponseBodyFeature
{
    public Stream Stream { get; } = body.Writer.AsStream(leaveOpen: true);

    public PipeWriter Writer => body.Writer;

    public void DisableBuffering() => body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        body.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => body.CompleteAsync();
}
