using Cdam.Stores;

namespace Cdam.Evaluator.Store;

/// <summary>Section <c>Evaluator:Store</c> of the configuration: where sessions and their results are kept.</summary>
public sealed class StoreOptions
{
    public const string Section = "Evaluator:Store";

    /// <summary>
    /// The SQLite file, made where it is absent. Default <c>cdam/evaluator.db</c> in the user's folder for application data. Several
    /// evaluators of one machine may share it, but no file on a network drive: its locks are not reliable there.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>A PostgreSQL database, for example <c>Host=db;Database=cdam;Username=cdam</c>; excludes <see cref="Path"/>. Default empty: SQLite.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long a store that went away is waited for, in seconds, before the work that needs it fails. Default 300; 1 to 86400.</summary>
    public double PatienceSeconds { get; set; } = 300;

    internal TimeSpan Patience => TimeSpan.FromSeconds(PatienceSeconds);

    internal StorePlace Place => new(Section, Path, ConnectionString, "evaluator.db");
}
