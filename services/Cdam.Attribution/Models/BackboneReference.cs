using Cdam.Attribution.Backbones;

namespace Cdam.Attribution.Models;

/// <summary>How a manifest names an architecture: by a known name, or by its numbers.</summary>
/// <param name="Name">A name of <see cref="BackboneCatalog"/>, or null.</param>
/// <param name="Custom">The numbers, or null.</param>
public sealed record BackboneReference(string? Name, BackboneConfig? Custom)
{
    /// <summary>The architecture.</summary>
    /// <exception cref="ArgumentException">The name is unknown, or the numbers do not fit together.</exception>
    public BackboneConfig Resolve()
    {
        var config = Custom ?? BackboneCatalog.Get(Name!);
        config.Validate();
        return config;
    }

    /// <summary>The name, or a summary of the numbers.</summary>
    public override string ToString() => Name ?? FormattableString.Invariant(
        $"{Custom!.Naming.ToString().ToLowerInvariant()}-d{Custom.Dim}-l{Custom.Depth}-h{Custom.Heads}-p{Custom.Patch}");
}
