using System.Reflection;
using System.Runtime.InteropServices;

namespace Cdam.Attribution.Native;

/// <summary>
/// Makes TorchSharp's native library loadable, and on Linux lets the threads of its OpenMP sleep soon after their work
/// (<see cref="WorkerSpin"/>). Call <see cref="Load"/> before the first use of <c>torch</c> in a process; on Windows and macOS it
/// does nothing.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lazy<bool> Loaded = new(LoadOnce);

    /// <summary>True where the library had to be adapted to an older libstdc++.</summary>
    /// <exception cref="PlatformNotSupportedException">The system's libstdc++ is too old and the library is not the known one.</exception>
    public static bool Load() => Loaded.Value;

    private static bool LoadOnce()
    {
        WorkerSpin.Limit();
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || SystemIsRecent())
        {
            return false;
        }

        var library = Find("libLibTorchSharp.so");
        var folder = Path.GetDirectoryName(library)!;
        var adapted = TorchSharpCompatibility.Adapt(File.ReadAllBytes(library), library);

        // The copy lies elsewhere, so what it links must be there before it is.
        foreach (var dependency in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
        {
            NativeLibrary.Load(Path.Combine(folder, dependency));
        }

        // Later look-ups by name find the loaded library by its soname.
        LoadImage(adapted);
        return true;
    }

    private static bool SystemIsRecent()
    {
        var handle = NativeLibrary.Load("libstdc++.so.6");
        return NativeLibrary.TryGetExport(handle, TorchSharpCompatibility.NewestSymbol, out _);
    }

    private static nint LoadImage(byte[] image)
    {
        // Private to this user, and gone again at once: the mapping stays.
        var folder = Directory.CreateTempSubdirectory("cdam-torch-");
        try
        {
            var path = Path.Combine(folder.FullName, "libLibTorchSharp.so");
            File.WriteAllBytes(path, image);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Find(string file)
    {
        var searched = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"))
            .Append(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location) ?? "")
            .ToList();
        return searched.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException($"{file} was not found in {string.Join(", ", searched.Distinct())}.");
    }
}
