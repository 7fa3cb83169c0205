using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>Refuses shards that cannot be, all faults in one message.</summary>
internal sealed class ShardOptionsCheck : IValidateOptions<ShardOptions>
{
    private const int MostShards = 10_000;

    public ValidateOptionsResult Validate(string? name, ShardOptions options)
    {
        List<string> faults = [];
        if (options.IsSet && !Guid.TryParse(options.Session, out _))
        {
            faults.Add($"{ShardOptions.Section}:{nameof(options.Session)} ({options.Session}) must be a UUID");
        }

        if (options.Count is < 1 or > MostShards)
        {
            faults.Add($"{ShardOptions.Section}:{nameof(options.Count)} ({options.Count}) must be between 1 and {MostShards}");
        }

        if (options.Index < 0 || options.Index >= options.Count)
        {
            faults.Add($"{ShardOptions.Section}:{nameof(options.Index)} ({options.Index}) must be between 0 and {nameof(options.Count)} - 1 ({options.Count - 1})");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
