using Cdam.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Reloading;

/// <summary>A file that a setting names.</summary>
/// <param name="Setting">Below <c>Gateway</c>, for example <c>Tls:CertificateFile</c>.</param>
/// <param name="Path">As it was given.</param>
internal sealed record SettingFile(string Setting, string Path)
{
    /// <summary>The fault that the file does not keep a rule.</summary>
    internal OptionsValidationException Fault(string rule) =>
        new(GatewayOptions.Section, typeof(GatewayOptions), [$"{GatewayOptions.Section}:{Setting} ({Path}) {rule}"]);
}
