using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>Refuses options that concepts cannot be kept with, all faults in one message.</summary>
internal sealed class ConceptOptionsCheck : IValidateOptions<ConceptOptions>
{
    public ValidateOptionsResult Validate(string? name, ConceptOptions options)
    {
        List<string> faults = [.. options.Place.Faults()];
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
}
