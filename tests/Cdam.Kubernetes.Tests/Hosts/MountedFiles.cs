using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cdam.Kubernetes.Tests.Hosts;

/// <summary>What secrets and volumes hold, as the README has it made, in a folder that stands for a pod's root.</summary>
public sealed class MountedFiles : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-mounts-");

    public async ValueTask InitializeAsync()
    {
        var (code, output, error) = await HostProcess.RunAsync("Cdam.Cli", "keys", "create", "--id", "cluster", "--scopes", "explain");
        Assert.True(code == 0, error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Write("etc/cdam/service-key/key", lines[0]);
        Write("etc/cdam/keys/keys.jsonl", lines[1]);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        Write("etc/cdam/tls/tls.crt", certificate.ExportCertificatePem());
        Write("etc/cdam/tls/tls.key", key.ExportPkcs8PrivateKeyPem());
        Write("etc/cdam/ca/ca.crt", certificate.ExportCertificatePem());
    }

    /// <summary>A setting as it is in the pod, with paths below this folder.</summary>
    public string Below(string value) => value.StartsWith("/etc/", StringComparison.Ordinal) || value.StartsWith("/var/", StringComparison.Ordinal)
        ? _folder.FullName + value
        : value;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
