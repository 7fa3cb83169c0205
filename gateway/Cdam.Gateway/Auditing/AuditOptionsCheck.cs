using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Auditing;

/// <summary>The ranges of <see cref="AuditOptions"/>.</summary>
internal sealed class AuditOptionsCheck : IValidateOptions<AuditOptions>
{
    private const long Least = 64L << 10;
    private const long Most = 16L << 30;

    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        List<string> faults = [];
        if (options.MaxBytes is < Least or > Most)
        {
            faults.Add($"{AuditOptions.Section}:{nameof(options.MaxBytes)} ({options.MaxBytes}) must be {Least} to {Most}");
        }

        if (options.Keep is < 1 or > 1000)
        {
            faults.Add($"{AuditOptions.Section}:{nameof(options.Keep)} ({options.Keep}) must be 1 to 1000");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
