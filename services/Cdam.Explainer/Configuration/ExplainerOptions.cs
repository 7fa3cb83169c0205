using Cdam.Attribution.Models;
using Cdam.V1.Clients;
using Cdam.V1.Limits;

namespace Cdam.Explainer.Configuration;

/// <summary>How the host runs; section <c>Explainer</c> of the configuration.</summary>
public sealed class ExplainerOptions : GatewayClientOptions
{
    /// <summary>The configuration's section.</summary>
    public const string Section = "Explainer";

    /// <summary>
    /// Where gRPC is served, HTTP/2 without TLS: <c>http://HOST:PORT</c> with an IP address, <c>localhost</c> or <c>*</c>, port 0 for any
    /// free one (not with <c>localhost</c>). Default <c>http://127.0.0.1:8001</c>.
    /// </summary>
    public string Listen { get; set; } = "http://127.0.0.1:8001";

    /// <summary>
    /// Where /metrics, /healthz/live and /healthz/ready are served, HTTP/1.1 without TLS; an address as for <see cref="Listen"/>. Default
    /// empty: nowhere.
    /// </summary>
    public string ListenHttp { get; set; } = "";

    /// <summary>A folder whose sub-folders with a <c>model.json</c> are models. Default null: only <see cref="Models"/>.</summary>
    public string? ModelsDirectory { get; set; }

    /// <summary>Further model folders. Default none; one of the two must name a model.</summary>
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary><c>auto</c> (the first CUDA device, if there is one), <c>cpu</c> or <c>cuda:N</c>. Default <c>auto</c>.</summary>
    public string Device { get; set; } = "auto";

    /// <summary>Type of all blocks but the final one: Float32, or on CUDA Float16 and BFloat16. Default Float32.</summary>
    public ComputeType ComputeType { get; set; }

    /// <summary>Threads of one CPU operation, 1 to 1024. Default null: the number of processors.</summary>
    public int? Threads { get; set; }

    /// <summary>Requests that may wait for the device, those being decoded included, 1 to 65536. Default 64.</summary>
    public int QueueCapacity { get; set; } = 64;

    /// <summary>
    /// Images in one forward pass, 1 to 1024. Default null: 8 on CUDA, 4 on a CPU. A volume counts as three, its views; they run together
    /// whatever the limit. 1 fixes the shapes of batches: an answer has the same bits whatever else is asked at the time, and a benchmark the
    /// same table whatever happens to it.
    /// </summary>
    public int? MaxBatchSize { get; set; }

    /// <summary>
    /// How long a batch that is not full waits for requests that are being decoded, 0 to 1 s. Default 2 ms. With none on its way
    /// nothing is waited for, so a lone caller never pays.
    /// </summary>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The largest message in either direction in bytes, 64 KiB to 1 GiB. Default 64 MiB.</summary>
    public int MaxMessageBytes { get; set; } = WireLimits.MessageBytes;

    /// <summary>The largest encoded image in bytes, 1 KiB to <see cref="MaxMessageBytes"/>. Default 32 MiB.</summary>
    public long MaxImageBytes { get; set; } = WireLimits.ImageBytes;

    /// <summary>The largest encoded image in pixels, 1 to 536870912. Default 64000000; decoding takes about 7 bytes a pixel.</summary>
    public long MaxImagePixels { get; set; } = WireLimits.ImagePixels;

    /// <summary>
    /// What the maps and tensors of one answer may weigh in bytes, 1 MiB to 16 GiB. Default 256 MiB. They are made before the first is
    /// sent; token gradients of every output of a large head would not fit into memory.
    /// </summary>
    public long MaxAnswerBytes { get; set; } = 256L << 20;

    /// <summary>Requests taken from a stream before its answers must be read, 1 to 1024. Default 16.</summary>
    public int MaxInFlightPerStream { get; set; } = 16;

    /// <summary>Pictures that a Predict stream may hold, 1 to 1024. Default 16.</summary>
    public int MaxPicturesPerStream { get; set; } = 16;

    /// <summary>How long an answer may wait for a client that does not read before its stream is aborted, 1 s to 1 h. Default 2 min.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether models run once before they are reported ready. Default true.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>Bytes that noisy samples may take at a time, at least 1 MiB. Default null: 8 MiB on a CPU, 512 MiB on CUDA.</summary>
    public long? SampleBytes { get; set; }

    /// <summary>
    /// Address of a gateway whose ConceptService is asked for concepts that did not come with a model, <c>http://HOST:PORT</c> or
    /// <c>https</c>. Default null: there are no others.
    /// </summary>
    public string? ConceptService { get; set; }

    /// <summary>How long an answer of ConceptService is used before it is asked again, 0 to 1 min. Default 3 s; 0 asks every time.</summary>
    public TimeSpan ConceptFreshness { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long outstanding work may take to finish after a stop was asked for, 1 s to 1 h. Default 30 s.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
