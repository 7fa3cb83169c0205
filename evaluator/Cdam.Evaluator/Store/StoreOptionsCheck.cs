using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Store;

/// <summary>Refuses options that no store can be opened with, all faults in one message.</summary>
internal sealed class StoreOptionsCheck : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        List<string> faults = [.. options.Place.Faults()];
        if (options.PatienceSeconds is not (>= 1 and <= 86400))
        {
            faults.Add($"{StoreOptions.Section}:{nameof(StoreOptions.PatienceSeconds)} ({options.PatienceSeconds}) must be between 1 and 86400");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
