using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Cdam.Gateway.Access;

/// <summary>Keeps the callers' credentials from destinations: what was checked here is needed nowhere else, and need not be trusted there.</summary>
internal static class CredentialRemoval
{
    internal static void Add(TransformBuilderContext transforms)
    {
        // A gateway that asks nobody may stand before one that does.
        if (transforms.Services.GetRequiredService<IOptions<AccessOptions>>().Value.IsOn)
        {
            transforms.AddRequestHeaderRemove("authorization").AddRequestHeaderRemove(CallerIdentification.KeyHeader);
        }
    }
}
