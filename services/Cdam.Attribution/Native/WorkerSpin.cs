using System.Runtime.InteropServices;

namespace Cdam.Attribution.Native;

/// <summary>
/// How long OpenMP's threads stay awake after their share of some work. Left alone, GNU's library spins for 300,000 turns, some
/// milliseconds: on a machine with few cores it takes one from whatever carries the answer to the client, and in a container with a
/// limit it uses up the time that the next request needs. A limit still covers the gaps within a forward pass, whose time it leaves
/// as it is.
/// </summary>
internal static partial class WorkerSpin
{
    /// <summary>The variable that GNU's OpenMP reads when it is loaded, and only then.</summary>
    private const string Variable = "GOMP_SPINCOUNT";

    /// <summary>A thirtieth of the library's own.</summary>
    private const string Turns = "10000";

    private const string Policy = "OMP_WAIT_POLICY";

    /// <summary>
    /// Sets the limit for this process, unless the environment says something about it. .NET's own environment is a copy that native
    /// code does not see, hence setenv.
    /// </summary>
    public static void Limit()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(Policy) is null)
        {
            _ = SetEnvironmentVariable(Variable, Turns, overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
