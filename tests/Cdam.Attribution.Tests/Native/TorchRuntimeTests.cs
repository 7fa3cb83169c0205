using System.Diagnostics;
using System.Runtime.InteropServices;
using Cdam.Attribution.Native;
using TorchSharp;

namespace Cdam.Attribution.Tests.Native;

public sealed class TorchRuntimeTests
{
    private static string LibraryPath =>
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    [Fact]
    public void Load_OnThisSystem_MakesTorchUsable()
    {
        using var ones = torch.ones(3);
        using var sum = ones.sum();
        Assert.Equal(3f, sum.item<float>());
    }

    [Fact]
    public void Load_LeavesNoFileBehind()
    {
        Assert.SkipUnless(TorchRuntime.Load(), "this system loads the library as it is");
        var mapped = File.ReadLines("/proc/self/maps").Where(line => line.Contains("cdam-torch-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(mapped);
        Assert.All(mapped, line => Assert.EndsWith("(deleted)", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_AdaptsOnlyWhereLibstdcxxLacksTheSymbol()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libstdc++ is Linux's");
        var recent = NativeLibrary.TryGetExport(NativeLibrary.Load("libstdc++.so.6"), TorchSharpCompatibility.NewestSymbol, out _);
        Assert.Equal(!recent, TorchRuntime.Load());
    }

    [Fact]
    public void Adapt_OfAnUnknownFile_NamesBothHashesAndTheRemedy()
    {
        var exception = Assert.Throws<PlatformNotSupportedException>(() => TorchSharpCompatibility.Adapt([1, 2, 3], "some.so"));
        Assert.Contains("some.so", exception.Message, StringComparison.Ordinal);
        Assert.Contains(TorchSharpCompatibility.KnownSha256, exception.Message, StringComparison.Ordinal);
        Assert.Contains("039058c6f2c0cb49", exception.Message, StringComparison.Ordinal); // SHA-256 of 1, 2, 3
        Assert.Contains("Debian 13", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adapt_ChangesOnlyTheTwoImports()
    {
        Assert.SkipUnless(File.Exists(LibraryPath), "only the Linux package has the file");
        var original = File.ReadAllBytes(LibraryPath);
        var adapted = TorchSharpCompatibility.Adapt(original, LibraryPath);
        Assert.Equal(original.Length, adapted.Length);

        // One name (4 bytes), two symbol versions (2 bytes each), two flags (2 bytes each).
        var changed = Enumerable.Range(0, original.Length).Count(i => original[i] != adapted[i]);
        Assert.InRange(changed, 4, 12);
    }

    [Fact]
    public void Adapt_LeavesNoNeedForVersionsThatRhel9Lacks()
    {
        Assert.SkipUnless(File.Exists(LibraryPath) && File.Exists("/usr/bin/readelf"), "needs readelf and the Linux package");
        var copy = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(copy, TorchSharpCompatibility.Adapt(File.ReadAllBytes(LibraryPath), LibraryPath));
            var symbols = Run("/usr/bin/readelf", "-W", "--dyn-syms", copy);
            Assert.DoesNotContain("GLIBCXX_3.4.3", symbols, StringComparison.Ordinal);
            Assert.Contains("condition_variable4waitERSt11unique_lockISt5mutexE@GLIBCXX_3.4.11", symbols, StringComparison.Ordinal);
            var needs = Run("/usr/bin/readelf", "-W", "-V", copy);
            Assert.Contains("Name: GLIBCXX_3.4.32  Flags: WEAK", needs, StringComparison.Ordinal);
            Assert.Contains("Name: GLIBCXX_3.4.30  Flags: WEAK", needs, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
