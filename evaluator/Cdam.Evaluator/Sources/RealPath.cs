namespace Cdam.Evaluator.Sources;

/// <summary>Where a path leads once every symbolic link on the way is followed.</summary>
internal static class RealPath
{
    // As Linux does; more is a circle.
    private const int MostLinks = 40;

    /// <param name="path">Absolute. What does not exist is kept as it is.</param>
    /// <exception cref="IOException">Links go round in a circle.</exception>
    internal static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or below it; both as <see cref="Of"/> gives them.</summary>
    internal static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string path, ref int links)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"More than {MostLinks} symbolic links lead to '{path}'.");
            }

            real = Resolve(Path.GetFullPath(target, real), ref links);
        }

        return real;
    }
}
