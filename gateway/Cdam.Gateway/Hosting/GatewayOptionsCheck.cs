using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Hosting;

/// <summary>Refuses options that the gateway cannot start with.</summary>
internal sealed class GatewayOptionsCheck : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options) =>
        Uri.TryCreate(options.Listen, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{GatewayOptions.Section}:{nameof(options.Listen)} ({options.Listen}) must be an http address such as http://127.0.0.1:8000");
}
