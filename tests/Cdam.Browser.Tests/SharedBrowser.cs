namespace Cdam.Browser.Tests;

/// <summary>Tests that share a browser and a server.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
