using System.Security.Cryptography;

namespace Cdam.Attribution.Native;

/// <summary>
/// Lets TorchSharp's native library run on systems whose libstdc++ is older than the one it was linked against (Debian 12,
/// Ubuntu 22.04, RHEL 9). It asks for two symbol versions that they lack, and needs neither:
/// <list type="bullet">
/// <item><c>std::ios_base_library_init()</c> at GLIBCXX_3.4.32 initialises the standard streams, which older libraries do by
/// themselves. The import is redirected to <c>std::chrono::steady_clock::now()</c>, harmless to call without arguments.</item>
/// <item><c>std::condition_variable::wait</c> at GLIBCXX_3.4.30 (lacking on RHEL 9) is the same function as at GLIBCXX_3.4.11.</item>
/// </list>
/// Both version needs become weak. Only the file that this was worked out for is touched, in a copy, in memory.
/// </summary>
internal static class TorchSharpCompatibility
{
    /// <summary>SHA-256 of libLibTorchSharp.so in TorchSharp 0.107.0, linux-x64.</summary>
    public const string KnownSha256 = "cf33b1b0bb6bbb9754a768fb5c5d04d9f498603be50e73f55621a0b40ee608b8";

    /// <summary>The symbol whose absence in libstdc++ calls for the remedy.</summary>
    public const string NewestSymbol = "_ZSt21ios_base_library_initv";

    /// <summary>Returns a copy of the library that older systems load.</summary>
    /// <exception cref="PlatformNotSupportedException">The file is not the known one.</exception>
    public static byte[] Adapt(ReadOnlySpan<byte> library, string path)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(library));
        if (found != KnownSha256)
        {
            throw new PlatformNotSupportedException(
                $"This system's libstdc++ is too old for {path} (it lacks GLIBCXX_3.4.32), and the remedy is known only for the file " +
                $"with SHA-256 {KnownSha256}; found {found}. Use a system with GCC 13's libstdc++ or newer (Debian 13, Ubuntu 24.04), " +
                "or the TorchSharp version that this program was released with.");
        }

        var copy = library.ToArray();
        var symbols = new ElfDynamicSymbols(copy);
        symbols.Redirect(symbols.IndexOf(NewestSymbol), symbols.IndexOf("_ZNSt6chrono3_V212steady_clock3nowEv"));
        symbols.MarkWeak("GLIBCXX_3.4.32");
        symbols.Redirect(symbols.IndexOf("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE"), "GLIBCXX_3.4.11");
        symbols.MarkWeak("GLIBCXX_3.4.30");
        return copy;
    }
}
