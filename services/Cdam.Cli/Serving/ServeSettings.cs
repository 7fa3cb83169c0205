using Cdam.V1.Clients;
using Microsoft.Extensions.Configuration;

namespace Cdam.Cli.Serving;

/// <summary>The hosts' options as each host reads them; what the command line says goes before the file.</summary>
internal sealed class ServeSettings
{
    private const string UsualAddress = "http://127.0.0.1:8000";
    private const string UsualHttpAddress = "http://127.0.0.1:8080";
    private static readonly string[] Sections = ["Explainer", "Evaluator", "Gateway", "ReverseProxy", "Logging"];
    private readonly List<string> _file;
    private readonly string? _listen, _listenHttp, _device;

    /// <param name="file">A JSON file; may be null.</param>
    /// <param name="listen">The gateway's address; null leaves it to the file.</param>
    /// <param name="listenHttp">The gateway's address for what is not gRPC; null leaves it to the file, empty is none.</param>
    /// <param name="device">The explainer's device; null leaves it to the file.</param>
    /// <param name="more">Further arguments for all hosts; each reads its own.</param>
    /// <exception cref="ArgumentException">The file is not there, is no JSON, or has a section that no host reads.</exception>
    public ServeSettings(string? file, string? listen, string? listenHttp, string? device, params string[] more)
    {
        (_listen, _listenHttp, _device) = (listen, listenHttp, device);
        _file = [.. file is null ? [] : Read(file), .. more];
    }

    /// <summary>Whether the file says which models are served.</summary>
    public bool NamesModels => _file.Any(argument => argument.StartsWith("--Explainer:Models", StringComparison.OrdinalIgnoreCase));

    /// <summary>Arguments of the gateway.</summary>
    public string[] Gateway() =>
    [
        $"--Gateway:Listen={UsualAddress}",
        $"--Gateway:ListenHttp={UsualHttpAddress}",
        .. _file,
        .. _listen is null ? [] : (string[])[$"--Gateway:Listen={_listen}"],
        .. _listenHttp is null ? [] : (string[])[$"--Gateway:ListenHttp={_listenHttp}"],
    ];

    /// <summary>Arguments of the explainer.</summary>
    /// <param name="models">Folders.</param>
    /// <param name="gateway">Where the gateway listens, which keeps concepts.</param>
    public string[] Explainer(IReadOnlyList<string> models, string gateway) =>
    [
        "--Explainer:Listen=http://127.0.0.1:0",
        $"--Explainer:ConceptService={gateway}",
        .. _file,
        .. models.Select((folder, index) => $"--Explainer:Models:{index}={Path.GetFullPath(folder)}"),
        .. _device is null ? [] : (string[])[$"--Explainer:Device={_device}"],
    ];

    /// <summary>Arguments of the evaluator.</summary>
    /// <param name="gateway">Where the gateway listens.</param>
    public string[] Evaluator(string gateway) => ["--Evaluator:Listen=http://127.0.0.1:0", $"--Evaluator:ExplainerAddress={gateway}", .. _file];

    /// <summary>Where the gateway is reached from here: with TLS by the name that its certificate has.</summary>
    /// <param name="gateway">Where it listens.</param>
    public string Reach(string gateway) => Find("Evaluator:ExplainerAddress") ?? gateway;

    /// <summary>What the evaluator shows to the gateway and believes of it; this program waits for the gateway with the same.</summary>
    public ClientAccess Access => new()
    {
        CaFile = Find("Evaluator:CaFile"),
        CertificateFile = Find("Evaluator:CertificateFile"),
        CertificateKeyFile = Find("Evaluator:CertificateKeyFile"),
    };

    private string? Find(string setting)
    {
        var start = $"--{setting}=";
        return _file.LastOrDefault(argument => argument.StartsWith(start, StringComparison.OrdinalIgnoreCase))?[start.Length..];
    }

    private static List<string> Read(string file)
    {
        try
        {
            var root = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false).Build();
            var unknown = root.GetChildren().FirstOrDefault(section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase));
            return unknown is null
                ? [.. root.AsEnumerable().Where(entry => entry.Value is not null).Select(entry => $"--{entry.Key}={entry.Value}")]
                : throw new ArgumentException($"{file} has the section \"{unknown.Key}\"; sections are {string.Join(", ", Sections)}");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            throw new ArgumentException($"--config {file}: {fault.InnerException?.Message ?? fault.Message}", fault);
        }
    }
}
