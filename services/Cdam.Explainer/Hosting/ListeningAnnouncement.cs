using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Explainer.Hosting;

/// <summary>Tells whoever started the process, on standard output, where it listens; all else goes to standard error.</summary>
internal static class ListeningAnnouncement
{
    public static void Register(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Console.Out.WriteLine($"listening {addresses.First()}");
        Console.Out.Flush();
    });
}
