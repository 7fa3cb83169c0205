namespace Cdam.Gateway.Pools;

/// <summary>Destinations that become known only while the gateway runs, such as those on ports that the system chose.</summary>
internal sealed class DestinationSource : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    internal void Point(string cluster, string address)
    {
        Set($"ReverseProxy:Clusters:{cluster}:Destinations:one:Address", address);
        OnReload();
    }
}
