using Cdam.V1.Limits;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Hosting;

/// <summary>Refuses options that the evaluator cannot start with, all faults in one message.</summary>
internal sealed class EvaluatorOptionsCheck : IValidateOptions<EvaluatorOptions>
{
    private const int LeastImageBytes = 1 << 10;

    public ValidateOptionsResult Validate(string? name, EvaluatorOptions options)
    {
        List<string> faults = [];
        Require(IsListener(options.Listen),
            nameof(options.Listen), options.Listen, "an http address such as http://127.0.0.1:8002");
        Require(options.ListenHttp.Length == 0 || IsListener(options.ListenHttp),
            nameof(options.ListenHttp), options.ListenHttp, "empty or an http address such as http://127.0.0.1:8082");
        Require(IsAddress(options.ExplainerAddress, Uri.UriSchemeHttp, Uri.UriSchemeHttps),
            nameof(options.ExplainerAddress), options.ExplainerAddress, "an http or https address such as http://127.0.0.1:8000");
        Require(options.MaxMessageBytes is >= WireLimits.LeastMessageBytes and <= WireLimits.MostMessageBytes,
            nameof(options.MaxMessageBytes), options.MaxMessageBytes, $"between {WireLimits.LeastMessageBytes} and {WireLimits.MostMessageBytes}");
        Require(options.MaxImageBytes >= LeastImageBytes && options.MaxImageBytes <= options.MaxMessageBytes,
            nameof(options.MaxImageBytes), options.MaxImageBytes, $"between {LeastImageBytes} and Evaluator:MaxMessageBytes ({options.MaxMessageBytes})");
        Require(options.MaxConcurrentEvaluations is >= 1 and <= 1000,
            nameof(options.MaxConcurrentEvaluations), options.MaxConcurrentEvaluations, "between 1 and 1000");
        if (options.AccessFault(EvaluatorOptions.Section) is { } fault)
        {
            faults.Add(fault);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Require(bool holds, string property, object value, string rule)
        {
            if (!holds)
            {
                faults.Add($"{EvaluatorOptions.Section}:{property} ({value}) must be {rule}");
            }
        }
    }

    /// <summary>An address, or <c>*</c> for the host: every interface.</summary>
    private static bool IsListener(string text) => IsAddress(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), Uri.UriSchemeHttp);

    private static bool IsAddress(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme);
}
