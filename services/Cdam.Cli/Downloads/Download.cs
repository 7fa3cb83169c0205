using System.Net;

namespace Cdam.Cli.Downloads;

/// <summary>Fetches one file: goes on where an earlier try was cut, and lets nothing land that is not whole and right.</summary>
/// <param name="source">Where answers come from.</param>
/// <param name="request">What to fetch.</param>
/// <param name="settings">How patiently.</param>
/// <param name="events">Told what happens.</param>
internal sealed class Download(HttpSource source, DownloadRequest request, DownloadSettings settings, DownloadEvents events)
{
    private const long SpareBytes = 64 << 20;
    private const int ReadBytes = 128 << 10;
    private bool _isAnswered;

    /// <summary>Fetches it.</summary>
    /// <exception cref="DownloadException">It cannot be had, or is not the right file.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what has come is kept.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        using var part = PartFile.Open(request.Path, request.Address);
        var failures = 0;
        for (var isWhole = false; !isWhole;)
        {
            var before = part.Length;
            try
            {
                await Try(part, cancellation);
                isWhole = true;
            }
            catch (Exception exception) when (Reason(exception, cancellation) is { } reason)
            {
                failures = part.Length - before >= settings.ProgressBytes ? 1 : failures + 1;
                if (failures >= settings.Attempts || IsUnreachable(exception))
                {
                    throw new DownloadException($"{request.Address}: {reason}{Kept(part)}", exception);
                }

                await Pause(failures, reason, cancellation);
            }
        }

        if (part.Land(request.Difference) is { } difference)
        {
            throw new DownloadException($"{request.Address}: what came is not the file, and was deleted: {difference}");
        }
    }

    private async Task Try(PartFile part, CancellationToken cancellation)
    {
        if (part.Length > 0 && part.Total == part.Length)
        {
            return;    // It only had not landed.
        }

        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(settings.Silence);
        using var response = await source.Get(request.Address, part.Length, part.Validator, silence.Token);
        _isAnswered = true;
        Begin(part, response);
        RequireRoom(part);
        events.Progress(part.Length, part.Total);
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        var buffer = new byte[ReadBytes];
        for (int read; (read = await Read(body, buffer, silence.Token)) > 0;)
        {
            silence.CancelAfter(settings.Silence);
            RequireFit(part, part.Length + read);
            part.Append(buffer.AsSpan(0, read));
            events.Progress(part.Length, part.Total);
        }

        if (part.Length < part.Total)
        {
            throw new TransientException($"ended after {part.Length} of {part.Total} bytes");
        }
    }

    /// <summary>What fails here is the connection; what fails while writing is the disk, and no other try would help.</summary>
    private static async Task<int> Read(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (IOException exception)
        {
            throw new TransientException(exception.Message);
        }
    }

    /// <summary>Brings the part to where the answer's body begins.</summary>
    private void Begin(PartFile part, HttpResponseMessage response)
    {
        var headers = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.Restart(Validator(response), headers.ContentLength);
                break;
            case HttpStatusCode.PartialContent when GoesOn(part, response):
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                var answer = headers.ContentRange?.ToString() ?? "no range";
                var asked = part.Length;
                part.Restart(null, null);
                throw new TransientException($"answered {answer} when asked for the bytes from {asked} on");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new TransientException($"answered {(int)response.StatusCode} {response.ReasonPhrase}");
            default:
                throw new DownloadException($"{request.Address}: answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }

        if (headers.ContentEncoding.Count > 0)
        {
            throw new DownloadException($"{request.Address}: was sent as {string.Join(", ", headers.ContentEncoding)}; only identity was accepted");
        }

        RequireFit(part, part.Total ?? 0);
        if (part.Total is { } total && request.Size is { } size && total != size)
        {
            part.Discard();
            throw new DownloadException($"{request.Address}: has {total} bytes; must have {size}");
        }
    }

    /// <summary>Whether a partial answer is the rest of the file that the part is of; not every server heeds <c>If-Range</c>.</summary>
    private static bool GoesOn(PartFile part, HttpResponseMessage response) =>
        response.Content.Headers.ContentRange is { } range
        && range.From == part.Length
        && (part.Total is null || range.Length == part.Total)
        && (Validator(response) is not { } validator || validator == part.Validator);

    private void RequireFit(PartFile part, long bytes)
    {
        var most = Math.Min(request.Size ?? long.MaxValue, request.Limit);
        if (bytes > most)
        {
            part.Discard();
            throw new DownloadException($"{request.Address}: has {bytes} bytes or more; at most {most} are accepted");
        }
    }

    private void RequireRoom(PartFile part)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(request.Path))!;
        var (needed, free) = ((part.Total ?? request.Size ?? 0) - part.Length + SpareBytes, settings.FreeBytes(folder));
        if (needed > free)
        {
            throw new DownloadException($"{folder}: {Megabytes(free)} are free; {request.Address} needs {Megabytes(needed)}");
        }
    }

    private async Task Pause(int failures, string reason, CancellationToken cancellation)
    {
        var pause = settings.FirstPause * Math.Pow(2, failures - 1);
        events.Pausing($"{reason}; trying again in {pause.TotalSeconds:0.#} s ({failures} of {settings.Attempts - 1})");
        await Task.Delay(pause, cancellation);
    }

    /// <summary>Why a try failed that another may not; null if no other should be made.</summary>
    private string? Reason(Exception exception, CancellationToken cancellation) => exception switch
    {
        TransientException transient => transient.Message,
        HttpRequestException http => http.Message,
        DownloadException => null,
        OperationCanceledException when !cancellation.IsCancellationRequested => $"nothing came for {settings.Silence.TotalSeconds:0} s",
        _ => null,
    };

    /// <summary>Without any way there, waiting does not help; a way that was there a moment ago may come back.</summary>
    private bool IsUnreachable(Exception exception) =>
        !_isAnswered && exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };

    private static string Kept(PartFile part) =>
        part.Length > 0 && part.Validator is not null ? $"; {Megabytes(part.Length)} are kept, and the next try goes on from there" : "";

    /// <summary>What tells one content from another byte by byte: a strong ETag, or else the date.</summary>
    private static string? Validator(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("R");

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:0.0} MB");
}
