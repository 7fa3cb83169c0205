using Cdam.Stores;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>Section <c>Gateway:Concepts</c> of the configuration: where concepts are kept, and how many.</summary>
public sealed class ConceptOptions
{
    public const string Section = "Gateway:Concepts";

    /// <summary>
    /// The SQLite file, made by the first call that needs it. Default <c>cdam/concepts.db</c> in the user's folder for application data.
    /// Several gateways of one machine may share it, but no file on a network drive: its locks are not reliable there.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// A PostgreSQL database, for example <c>Host=db;Database=cdam;Username=cdam</c>, which any number of gateways may share; excludes
    /// <see cref="Path"/>. Default empty: SQLite.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Concepts that may be kept, 1 to 100000. Default 1000.</summary>
    public int MaxConcepts { get; set; } = 1000;

    /// <summary>The largest encoded image of a concept in bytes, 1 KiB to 1 GiB. Default 32 MiB, as the explainers'.</summary>
    public int MaxImageBytes { get; set; } = 32 << 20;

    internal StorePlace Place => new(Section, Path, ConnectionString, "concepts.db");
}
