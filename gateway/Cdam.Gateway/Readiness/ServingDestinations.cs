using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Readiness;

/// <summary>
/// Destinations for new calls: never one that says itself that it does not serve, because it drains or still warms up; one that could
/// not be reached only where no other is left, since that may have been a moment's fault.
/// </summary>
internal sealed class ServingDestinations : IAvailableDestinationsPolicy
{
    internal const string PolicyName = "Serving";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        var serving = allDestinations.Where(destination => destination.Health.Active != DestinationHealth.Unhealthy).ToList();
        var reached = serving.Where(destination => destination.Health.Passive != DestinationHealth.Unhealthy).ToList();
        return reached.Count > 0 ? reached : serving;
    }
}
