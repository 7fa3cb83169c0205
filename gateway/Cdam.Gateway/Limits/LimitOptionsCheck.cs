using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Limits;

/// <summary>The ranges of <see cref="LimitOptions"/>.</summary>
internal sealed class LimitOptionsCheck : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var faults = new[]
        {
            Within(nameof(options.CallsPerSecond), options.CallsPerSecond, 0.001, 100_000),
            Within(nameof(options.Burst), options.Burst, 1, 1_000_000),
            Within(nameof(options.ConcurrentStreams), options.ConcurrentStreams, 1, 100_000),
            options is { Burst: { } burst, CallsPerSecond: null }
                ? $"{LimitOptions.Section}:{nameof(options.Burst)} ({burst}) must be given together with {nameof(options.CallsPerSecond)}"
                : null,
        }.OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? Within<T>(string option, T? value, T least, T most)
        where T : struct, IComparable<T> =>
        value is not { } given || (given.CompareTo(least) >= 0 && given.CompareTo(most) <= 0)
            ? null
            : $"{LimitOptions.Section}:{option} ({value}) must be {least} to {most}";
}
