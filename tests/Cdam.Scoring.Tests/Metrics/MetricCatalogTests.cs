using System.Reflection;
using System.Text.RegularExpressions;
using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Tests.Metrics;

public sealed partial class MetricCatalogTests
{
    [Fact]
    public void All_EveryMetricOfTheLibrary_IsListedOnce()
    {
        var defined = typeof(MetricDefinition).Assembly.GetTypes()
            .Select(type => type.GetProperty("Definition", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(MetricDefinition))
            .Select(property => (MetricDefinition)property!.GetValue(null)!);

        Assert.Equal(
            defined.Select(metric => metric.Name).Order(StringComparer.Ordinal),
            MetricCatalog.All.Select(metric => metric.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_EachMetric_DescribesItself() => Assert.All(MetricCatalog.All, metric =>
    {
        Assert.Matches(Name(), metric.Name);
        Assert.All([metric.DisplayName, metric.Unit, metric.Reference, metric.Version], Assert.NotEmpty);
        Assert.Same(metric, MetricCatalog.Find(metric.Name));
    });

    [Fact]
    public void Find_UnknownName_GivesNull() => Assert.Null(MetricCatalog.Find("a_nothing"));

    [Theory]
    [InlineData("a_mif", MetricDirection.LowerIsBetter)]
    [InlineData("a_lif", MetricDirection.HigherIsBetter)]
    [InlineData("a_delta_box", MetricDirection.HigherIsBetter)]
    [InlineData("gradient_consistency", MetricDirection.LowerIsBetter)]
    public void Find_Metric_SaysWhichValuesAreBetter(string name, MetricDirection direction) =>
        Assert.Equal(direction, MetricCatalog.Find(name)!.Direction);

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex Name();
}
