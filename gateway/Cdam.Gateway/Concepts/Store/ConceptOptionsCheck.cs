using Microsoft.Extensions.Options;
using Npgsql;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>Refuses options that concepts cannot be kept with, all faults in one message.</summary>
internal sealed class ConceptOptionsCheck : IValidateOptions<ConceptOptions>
{
    public ValidateOptionsResult Validate(string? name, ConceptOptions options)
    {
        List<string> faults = [];
        if (options.IsPostgres && options.Path.Length > 0)
        {
            faults.Add($"{ConceptOptions.Section}:{nameof(options.Path)} ({options.Path}) must be empty beside ConnectionString");
        }

        // The value is not repeated: it may hold a password.
        if (options.IsPostgres && !IsConnectionString(options.ConnectionString))
        {
            faults.Add($"{ConceptOptions.Section}:{nameof(options.ConnectionString)} must be a PostgreSQL connection string such as Host=db;Database=cdam");
        }

        if (options.MaxConcepts is < 1 or > 100_000)
        {
            faults.Add($"{ConceptOptions.Section}:{nameof(options.MaxConcepts)} ({options.MaxConcepts}) must be between 1 and 100000");
        }

        if (options.MaxImageBytes is < 1 << 10 or > 1 << 30)
        {
            faults.Add($"{ConceptOptions.Section}:{nameof(options.MaxImageBytes)} ({options.MaxImageBytes}) must be between 1024 and {1 << 30}");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
