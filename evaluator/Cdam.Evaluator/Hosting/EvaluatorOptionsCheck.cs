using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Hosting;

/// <summary>Refuses options that the evaluator cannot start with, all faults in one message.</summary>
internal sealed class EvaluatorOptionsCheck : IValidateOptions<EvaluatorOptions>
{
    private const int SmallestMessageLimit = 64 * 1024;

    public ValidateOptionsResult Validate(string? name, EvaluatorOptions options)
    {
        List<string> faults = [];
        Require(IsAddress(options.Listen, Uri.UriSchemeHttp),
            nameof(options.Listen), options.Listen, "an http address such as http://127.0.0.1:8002");
        Require(options.ListenHttp.Length == 0 || IsAddress(options.ListenHttp, Uri.UriSchemeHttp),
            nameof(options.ListenHttp), options.ListenHttp, "empty or an http address such as http://127.0.0.1:8082");
        Require(IsAddress(options.ExplainerAddress, Uri.UriSchemeHttp, Uri.UriSchemeHttps),
            nameof(options.ExplainerAddress), options.ExplainerAddress, "an http or https address such as http://127.0.0.1:8000");
        Require(options.MaxMessageBytes >= SmallestMessageLimit,
            nameof(options.MaxMessageBytes), options.MaxMessageBytes, $"between {SmallestMessageLimit} and {int.MaxValue}");
        Require(options.MaxConcurrentEvaluations is >= 1 and <= 1000,
            nameof(options.MaxConcurrentEvaluations), options.MaxConcurrentEvaluations, "between 1 and 1000");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(bool holds, string property, object value, string rule)
        {
            if (!holds)
            {
                faults.Add($"{EvaluatorOptions.Section}:{property} ({value}) must be {rule}");
            }
        }
    }

    private static bool IsAddress(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme);
}
