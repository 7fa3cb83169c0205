using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Cdam.Scenes;
using Cdam.V1;
using Cdam.V1.Clients;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Serving;

/// <summary>Keys, TLS and the audit log, all together and from the command line.</summary>
public sealed class SecuredServeTests
{
    [Fact]
    public async Task Serve_WithKeysAndTls_AdmitsClientsAndItsOwnEvaluatorByTheirKeysAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        using var folder = new TemporaryFolder();
        var (user, evaluator) = (await CreateKey("user", "explain,evaluate"), await CreateKey("evaluator", "explain"));
        var ca = WriteFiles(folder, [user.Line, evaluator.Line], evaluator.Key);
        await using var served = await ServedProcess.Start(
            "--listen", "https://127.0.0.1:0", "--model", "scenes", "--device", "cpu", "--config", Path.Combine(folder.Path, "serve.json"));

        Assert.Equal(StatusCode.OK, await Evaluate(served.Gateway, new ClientAccess { Key = user.Key, CaFile = ca }));
        Assert.Equal(StatusCode.PermissionDenied, await Evaluate(served.Gateway, new ClientAccess { Key = evaluator.Key, CaFile = ca }));
        string[] explain = ["explain", "services/Cdam.Cli/Samples/still-life.jpg", "--model", "scenes", "--server", served.Gateway, "--out", Path.Combine(folder.Path, "maps")];
        var right = await CommandLine.Cdam([.. explain, "--ca", ca, "--api-key", user.Key]);
        var keyless = await CommandLine.Cdam([.. explain, "--ca", ca]);
        var trustless = await CommandLine.Cdam([.. explain, "--api-key", user.Key]);

        Assert.True(right.ExitCode == 0, right.Error);
        Assert.Equal(1, keyless.ExitCode);
        Assert.Contains("Unauthenticated", keyless.Error, StringComparison.Ordinal);
        Assert.Equal(1, trustless.ExitCode);
        await served.Terminate();
        var audit = await File.ReadAllTextAsync(Path.Combine(folder.Path, "audit"), TestContext.Current.CancellationToken);
        Assert.Contains("\"client\":\"key:evaluator\"", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Key, audit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CI", "explain", "id (CI) must be 1 to 64 of a-z, 0-9 and -")]
    [InlineData("ci", "explain,all", "scopes (explain, all) must be one or more of explain, evaluate, admin")]
    public async Task Keys_WithABadIdOrScope_SaysTheRule(string id, string scopes, string message)
    {
        var result = await CommandLine.Cdam("keys", "create", "--id", id, "--scopes", scopes);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static async Task<(string Key, string Line)> CreateKey(string id, string scopes)
    {
        var result = await CommandLine.Cdam("keys", "create", "--id", id, "--scopes", scopes, "--expires", "2100-01-01");
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 2, result.Output + result.Error);
        Assert.DoesNotContain(lines[0].Split('_', 3)[2], lines[1], StringComparison.Ordinal);
        return (lines[0], lines[1]);
    }

    /// <returns>The file of the authority, which is the certificate itself.</returns>
    private static string WriteFiles(TemporaryFolder folder, string[] keys, string evaluatorKey)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cdam", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        string At(string name) => Path.Combine(folder.Path, name);
        File.WriteAllText(At("tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(At("tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllLines(At("keys"), keys);
        File.WriteAllText(At("serve.json"), JsonSerializer.Serialize(new
        {
            Gateway = new
            {
                Access = new { KeyFile = At("keys") },
                Tls = new { CertificateFile = At("tls.crt"), KeyFile = At("tls.key") },
                Audit = new { File = At("audit") },
            },
            Evaluator = new { ApiKey = evaluatorKey, CaFile = At("tls.crt"), Store = new { Path = At("store.db") } },
        }));
        return At("tls.crt");
    }

    private static async Task<StatusCode> Evaluate(string gateway, ClientAccess access)
    {
        using var channel = GrpcChannel.ForAddress(gateway, new GrpcChannelOptions { HttpHandler = access.Over(new SocketsHttpHandler()), DisposeHttpClient = true });
        var scene = new SceneGenerator(side: 112, seed: 0).Draw(SceneSet.OneObject, 0);
        var image = new Image { Picture = new Picture { Width = scene.Side, Height = scene.Side, Rgb = ByteString.CopyFrom(scene.Rgb) } };
        using var call = new EvaluatorService.EvaluatorServiceClient(channel).EvaluateImage(
            new EvaluateImageRequest { Model = "models/scenes", Image = image, Percents = { 0, 100 } }, cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }
}
