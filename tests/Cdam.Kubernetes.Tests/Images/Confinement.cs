using System.Diagnostics;

namespace Cdam.Kubernetes.Tests.Images;

/// <summary>
/// A process of an image as a pod runs it: its own root, which cannot be written, but for /tmp and its volumes; user 1654, no capability, no
/// way to more. It ends with its keeper.
/// </summary>
internal sealed class Confinement : IDisposable
{
    // Bound onto itself, a folder can be made read-only for this process alone. Mounts go away with their namespace. Another user's process
    // forgets the signal that unshare's --kill-child gave it, so that setpriv gives it anew.
    private const string Script = """
        set -eu
        root=$1 app=$2 volumes=$3; shift 3
        mount --bind "$root" "$root"
        mount --bind "$app" "$root/app"
        mount -t proc proc "$root/proc"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        for volume in $volumes; do mount -t tmpfs -o uid=1654,gid=1654,mode=770 tmpfs "$root$volume"; done
        mount -o remount,bind,ro "$root"
        mount -o remount,bind,ro "$root/app"
        exec chroot "$root" setpriv --pdeathsig=KILL --reuid=1654 --regid=1654 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all env -i "$@"
        """;

    private readonly Process _process;
    private readonly Task<string> _error;
    private bool _isDisposed;

    private Confinement(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <param name="root">The system.</param>
    /// <param name="app">What lies at /app.</param>
    /// <param name="volumes">Folders that can be written.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="command">Entry point and arguments.</param>
    public static Confinement Start(
        DebianRoot root, string app, IReadOnlyList<string> volumes, IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string> command)
    {
        foreach (var volume in volumes)
        {
            Directory.CreateDirectory(root.Path + volume);
        }

        return new Confinement(Process.Start(new ProcessStartInfo(
            "unshare",
            [
                "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", Script, "sh", root.Path, app, string.Join(' ', volumes),
                "PATH=/usr/bin", .. variables.Select(variable => $"{variable.Key}={variable.Value}"), .. command,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Its next line, or its end with what it said beside.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellation) =>
        await _process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException($"ended: {await _error}");

    /// <summary>Its output and exit code, once it has ended.</summary>
    public async Task<(int Code, string Output, string Error)> EndAsync(CancellationToken cancellation)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
        return (_process.ExitCode, output, await _error);
    }

    /// <summary>Kills it, if it has not ended. May be called again.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
