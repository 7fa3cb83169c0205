using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cdam.System.Tests.Downloads;

/// <summary>
/// A server that answers each connection with the bytes a test wants and then hangs up: what a real server never does on purpose,
/// such as ending in the middle of a body, is easy to have.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, int, byte[]> _answer;
    private readonly List<string> _requests = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="answer">Given a request's head and its number from 0, all bytes of the answer.</param>
    public ScriptedServer(Func<string, int, byte[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>A file's address on it.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/model.pth");

    /// <summary>The heads of all requests so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>An answer with this head's lines and this body.</summary>
    public static byte[] Answer(string status, ReadOnlySpan<byte> body, params string[] headers) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n"), .. body];

    /// <summary>A header's value in a request's head; null if it is not there.</summary>
    public static string? Header(string request, string name) => request.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Answer(client.GetStream());
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // The test is over, or the client hung up before it had everything.
            }
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        var request = await ReadHead(stream);
        int number;
        lock (_requests)
        {
            number = _requests.Count;
            _requests.Add(request);
        }

        await stream.WriteAsync(_answer(request, number), _stop.Token);
        stream.Socket.Shutdown(SocketShutdown.Send);

        // The client closes first, so that nothing of the answer is lost to a reset.
        while (await stream.ReadAsync(new byte[256], _stop.Token) > 0)
        {
        }
    }

    private async Task<string> ReadHead(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                break;
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return head.ToString();
    }
}
