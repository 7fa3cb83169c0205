namespace Cdam.System.Tests.Clients;

/// <summary>The client of another language in tests/clients, ready to run.</summary>
internal sealed class ForeignClient
{
    // Debian's packages are the system's Python's, whichever Python comes first otherwise.
    private const string Python = "/usr/bin/python3";

    private static readonly string[] CppTools = ["g++", "pkg-config", "protoc", "grpc_cpp_plugin"];

    private readonly string[] _command;

    private ForeignClient(params string[] command) => _command = command;

    /// <summary>Whether the client speaks JSON to the gateway's second address instead of gRPC to its first.</summary>
    public bool SpeaksJson { get; private init; }

    /// <summary>Prepares a client; skips the test where its tools are missing.</summary>
    public static Task<ForeignClient> Prepare(string language) => language switch
    {
        "node" => Node(),
        "python" => PythonClient(),
        "cpp" => Cpp(),
        "curl" => Curl(),
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "has no client"),
    };

    /// <summary>Explains pictures.</summary>
    public Task<CommandResult> Explain(ExplainingSystem system, string model, string target, params IEnumerable<string> pictures) =>
        CommandLine.Run(_command[0], [.. _command[1..], SpeaksJson ? system.HttpAddress : system.Address, model, target, .. pictures]);

    private static async Task<ForeignClient> Node()
    {
        Assert.SkipUnless(SearchPath.Has("node", "npm"), "needs Debian's nodejs and npm");
        var folder = PathOf("node");
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            var install = await CommandLine.Run("npm", "ci", "--ignore-scripts", "--silent", "--prefix", folder);
            Assert.SkipUnless(install.ExitCode == 0, $"npm could not install the client's packages: {install}");
        }

        return new ForeignClient("node", Path.Combine(folder, "explain.js"));
    }

    private static async Task<ForeignClient> PythonClient()
    {
        var ready = File.Exists(Python) ? await CommandLine.Run(Python, "-c", "import grpc, google.protobuf") : null;
        Assert.SkipUnless(ready?.ExitCode == 0, "needs Debian's python3-grpcio and python3-protobuf");
        return new ForeignClient(Python, "-B", PathOf("python", "explain.py"));
    }

    private static async Task<ForeignClient> Cpp()
    {
        var ready = SearchPath.Has(CppTools) ? await CommandLine.Run("pkg-config", "--exists", "grpc++", "protobuf") : null;
        Assert.SkipUnless(ready?.ExitCode == 0, "needs Debian's g++, pkg-config, libgrpc++-dev, libprotobuf-dev, protobuf-compiler and protobuf-compiler-grpc");

        // Kept between runs, as the program's own build is.
        var folder = Repository.PathOf(".cdam", "clients", "cpp");
        var build = await CommandLine.Run(PathOf("cpp", "build.sh"), folder);
        Assert.True(build.ExitCode == 0, build.ToString());
        return new ForeignClient(Path.Combine(folder, "explain"));
    }

    private static async Task<ForeignClient> Curl()
    {
        // --url-query, which encodes a target's name, came with 7.87.
        var ready = SearchPath.Has("curl", "bash") ? await CommandLine.Run("curl", "--url-query", "a=b", "--version") : null;
        Assert.SkipUnless(ready?.ExitCode == 0, "needs Debian's curl, 7.87 or later");
        return new ForeignClient(PathOf("curl", "explain.sh")) { SpeaksJson = true };
    }

    private static string PathOf(params string[] parts) => Repository.PathOf(["tests", "clients", .. parts]);
}
