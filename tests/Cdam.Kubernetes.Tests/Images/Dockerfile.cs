using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cdam.Kubernetes.Tests.Images;

/// <summary>What a file below k8s/images says.</summary>
internal sealed partial class Dockerfile
{
    private readonly IReadOnlyList<(string Instruction, string Text)> _lines;

    private Dockerfile(string name, IReadOnlyList<(string Instruction, string Text)> lines) => (Name, _lines) = (name, lines);

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Repository.PathOf("k8s", "images"), "*.Dockerfile")
        .Select(path => Path.GetFileName(path)[..^".Dockerfile".Length]).Order(StringComparer.Ordinal)];

    public string Name { get; }

    /// <summary>Of every stage, the last being the image's own.</summary>
    public IReadOnlyList<string> Bases => [.. Of("FROM").Select(text => text.Split(' ')[0])];

    /// <summary>What apt-get is told to install, in the order given.</summary>
    public IReadOnlyList<string> Packages => Packaging().Match(All("RUN")).Groups["packages"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Arguments of <c>dotnet publish</c> but the folder.</summary>
    public IReadOnlyList<string> Publish => Publishing().Match(All("RUN")) is var command
        ? $"{command.Groups["project"].Value} {command.Groups["before"].Value} {command.Groups["after"].Value}".Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : [];

    /// <summary>Folders of the repository that go into the image as they are, and where to.</summary>
    public IReadOnlyList<(string From, string To)> Copies => [.. _lines.Skip(_lines.ToList().FindLastIndex(line => line.Instruction == "FROM"))
        .Where(line => line.Instruction == "COPY" && !line.Text.StartsWith("--from", StringComparison.Ordinal))
        .Select(line => line.Text.Split(' ')).Select(parts => (parts[0], parts[1]))];

    public IReadOnlyDictionary<string, string> Variables => Of("ENV").SelectMany(text => text.Split(' '))
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    public IReadOnlyList<string> EntryPoint => JsonSerializer.Deserialize<string[]>(Of("ENTRYPOINT").Single())!;

    public string User => Of("USER").Last();

    public IReadOnlyList<int> Ports => [.. Of("EXPOSE").SelectMany(text => text.Split(' ')).Select(port => int.Parse(port, null))];

    public string Labels => All("LABEL");

    public static Dockerfile Read(string name)
    {
        var text = File.ReadAllText(Repository.PathOf("k8s", "images", $"{name}.Dockerfile")).Replace("\\\n", "", StringComparison.Ordinal);
        return new Dockerfile(name, [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], Spaces().Replace(parts[1].Trim(), " ")))]);
    }

    private IEnumerable<string> Of(string instruction) => _lines.Where(line => line.Instruction == instruction).Select(line => line.Text);

    private string All(string instruction) => string.Join('\n', Of(instruction));

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex("apt-get install -y --no-install-recommends (?<packages>[^&\n]+)")]
    private static partial Regex Packaging();

    [GeneratedRegex("dotnet publish (?<project>[^ ]+) (?<before>[^\n]*?)-o /publish(?<after>[^\n]*)")]
    private static partial Regex Publishing();
}
