using Cdam.Gateway.Access;
using Cdam.Gateway.Auditing;
using Cdam.Gateway.Limits;
using Cdam.Gateway.Reloading;
using Cdam.Gateway.Tls;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Hosting;

/// <summary>What every call passes before the gateway looks at it: audit, identity, limits, scopes.</summary>
internal static class Safeguards
{
    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FileReload>().AddHostedService(provider => provider.GetRequiredService<FileReload>());
        Options<AccessOptions, AccessOptionsCheck>(services, AccessOptions.Section);
        Options<TlsOptions, TlsOptionsCheck>(services, TlsOptions.Section);
        Options<LimitOptions, LimitOptionsCheck>(services, LimitOptions.Section);
        Options<AuditOptions, AuditOptionsCheck>(services, AuditOptions.Section);
        services.AddSingleton<KeyRings>().AddSingleton<CallerIdentification>();
        AddTokens(services, configuration.GetSection(AccessOptions.Section).Get<AccessOptions>()?.Jwt ?? new JwtOptions());
        services.AddSingleton<ListenerTls>().AddSingleton<DestinationTrust>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<AuditLog>().AddHostedService(provider => provider.GetRequiredService<AuditLog>());
    }

    /// <summary>That the gateway can start with its options; all faults are named at once.</summary>
    /// <exception cref="OptionsValidationException">It cannot.</exception>
    internal static void Check(IServiceProvider services)
    {
        var faults = FaultsOf<GatewayOptions>(services).Concat(FaultsOf<AccessOptions>(services)).Concat(FaultsOf<TlsOptions>(services))
            .Concat(FaultsOf<LimitOptions>(services)).Concat(FaultsOf<AuditOptions>(services)).ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), faults);
        }
    }

    /// <summary>Begins the pipeline. Only what answers browsers' preflights, which carry no credential, goes before it.</summary>
    /// <exception cref="OptionsValidationException">A file that a setting names is at fault.</exception>
    internal static void Begin(WebApplication app)
    {
        // Files are read now: their faults are told at the start and not to the first caller.
        app.Services.GetRequiredService<CallerIdentification>();
        app.Services.GetRequiredService<ListenerTls>();
        app.Services.GetRequiredService<DestinationTrust>();
        if (app.Services.GetRequiredService<AuditLog>().IsOn)
        {
            app.UseMiddleware<AuditMiddleware>();
        }

        app.UseMiddleware<IdentificationMiddleware>();
    }

    /// <summary>Goes on with it where every call of a method has the form of gRPC, before anything that answers.</summary>
    internal static void Use(WebApplication app)
    {
        app.UseMiddleware<CallLimitMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
    }

    private static void AddTokens(IServiceCollection services, JwtOptions jwt)
    {
        if (!jwt.IsOn)
        {
            return;
        }

        services.AddSingleton<TokenCheck>();
        if (jwt.JwksAddress is null)
        {
            services.AddSingleton<ITokenKeys>(provider => new FileTokenKeys(provider.GetRequiredService<FileReload>(), jwt.Jwks ?? ""));
        }
        else
        {
            services.AddSingleton<UrlTokenKeys>().AddHostedService(provider => provider.GetRequiredService<UrlTokenKeys>());
            services.AddSingleton<ITokenKeys>(provider => provider.GetRequiredService<UrlTokenKeys>());
        }
    }

    private static IEnumerable<string> FaultsOf<TOptions>(IServiceProvider services)
        where TOptions : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<TOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException fault)
        {
            return fault.Failures;
        }
        catch (InvalidOperationException fault)
        {
            // Of another type than the option, or no option at all.
            return [fault.Message];
        }
    }

    private static void Options<TOptions, TCheck>(IServiceCollection services, string section)
        where TOptions : class
        where TCheck : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TCheck>();
    }
}
