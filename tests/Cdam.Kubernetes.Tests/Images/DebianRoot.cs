using System.Diagnostics;

namespace Cdam.Kubernetes.Tests.Images;

/// <summary>
/// A Debian system as the images' base, with the .NET runtime beside it as they have it. Packages are only added: images are tried in the
/// order of their packages, so that each finds what its Dockerfile names and nothing else.
/// </summary>
internal sealed class DebianRoot : IDisposable
{
    private const string Mirror = "http://deb.debian.org/debian";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private readonly HashSet<string> _installed = [];

    private DebianRoot(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes one, or skips the test where that cannot be done.</summary>
    public static async Task<DebianRoot> CreateAsync(string suite)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "needs root on Linux: it changes into another root folder");
        Assert.SkipUnless(File.Exists("/usr/sbin/debootstrap"), "needs Debian's debootstrap");
        Assert.SkipUnless(
            await TryAsync("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt") == 0, "needs to mount, which this container may not");
        var path = Directory.CreateTempSubdirectory("cdam-root-").FullName;
        try
        {
            await RunAsync("chmod", "755", path);
            await RunAsync("debootstrap", "--variant=minbase", suite, path, Mirror);
            await CopyRuntimeAsync(path);
            return new DebianRoot(path);
        }
        catch
        {
            Directory.Delete(path, recursive: true);
            throw;
        }
    }

    /// <summary>Installs packages as Dockerfiles do. Those of before must be among them.</summary>
    public async Task InstallAsync(IReadOnlyList<string> packages)
    {
        Assert.Empty(_installed.Except(packages));
        var missing = packages.Where(_installed.Add).ToArray();
        if (missing.Length > 0)
        {
            await RunAsync("chroot", [Path, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", .. missing]);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>The one that these tests run on.</summary>
    private static async Task CopyRuntimeAsync(string path)
    {
        var core = new DirectoryInfo(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        var (version, from) = (core.Name, core.Parent!.Parent!.Parent!.FullName);
        var to = $"{path}/usr/share/dotnet";
        foreach (var part in new[] { $"shared/Microsoft.NETCore.App/{version}", $"shared/Microsoft.AspNetCore.App/{version}", $"host/fxr/{version}" })
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName($"{to}/{part}")!);
            await RunAsync("cp", "-a", $"{from}/{part}", $"{to}/{part}");
        }

        File.Copy($"{from}/dotnet", $"{to}/dotnet");
        File.CreateSymbolicLink($"{path}/usr/bin/dotnet", "/usr/share/dotnet/dotnet");
        Directory.CreateDirectory($"{path}/app");
    }

    public static async Task RunAsync(string program, params string[] arguments) =>
        Assert.True(await TryAsync(program, arguments) == 0, $"{program} {string.Join(' ', arguments)} failed");

    private static async Task<int> TryAsync(string program, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
