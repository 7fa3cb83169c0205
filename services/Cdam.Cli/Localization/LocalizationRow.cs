namespace Cdam.Cli.Localization;

/// <summary>Where the positive mass of maps lies, on average over maps.</summary>
/// <param name="Name">The method, or method and output.</param>
/// <param name="OnOwn">Of the mass on the expected region and its rival, the share on the expected one; NaN where there is no rival.</param>
/// <param name="Within">Of all positive mass, the share within the expected region.</param>
/// <param name="Area">The share that a map without any knowledge would have within: the region's share of the picture.</param>
/// <param name="Maps">How many maps went in.</param>
internal sealed record LocalizationRow(string Name, double OnOwn, double Within, double Area, int Maps);
