using Microsoft.Extensions.Options;
using Npgsql;

namespace Cdam.Evaluator.Store;

/// <summary>Refuses options that no store can be opened with, all faults in one message.</summary>
internal sealed class StoreOptionsCheck : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        List<string> faults = [];
        if (options.IsPostgres && options.Path.Length > 0)
        {
            faults.Add($"{StoreOptions.Section}:{nameof(StoreOptions.Path)} ({options.Path}) must be empty beside ConnectionString");
        }

        // The value is not repeated: it may hold a password.
        if (options.IsPostgres && !IsConnectionString(options.ConnectionString))
        {
            faults.Add($"{StoreOptions.Section}:{nameof(StoreOptions.ConnectionString)} must be a PostgreSQL connection string such as Host=db;Database=cdam");
        }

        if (options.PatienceSeconds is not (>= 1 and <= 86400))
        {
            faults.Add($"{StoreOptions.Section}:{nameof(StoreOptions.PatienceSeconds)} ({options.PatienceSeconds}) must be between 1 and 86400");
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
