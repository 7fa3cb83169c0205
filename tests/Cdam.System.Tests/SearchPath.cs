namespace Cdam.System.Tests;

/// <summary>The folders where programs are looked for.</summary>
internal static class SearchPath
{
    /// <summary>True where all of these programs are there.</summary>
    public static bool Has(params string[] programs) => Array.TrueForAll(programs, program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))));
}
