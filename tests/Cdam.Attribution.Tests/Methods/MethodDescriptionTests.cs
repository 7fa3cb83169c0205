using System.Globalization;
using Cdam.Attribution.Methods;

namespace Cdam.Attribution.Tests.Methods;

/// <summary>What descriptions tell clients against what the catalogue does.</summary>
public sealed class MethodDescriptionTests
{
    public static TheoryData<string> Names => [.. MethodCatalog.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Defaults_InTheTexts_AreThoseFilledIn(string name)
    {
        var completed = MethodCatalog.Complete(new MethodRequest(name));
        var texts = MethodCatalog.All.Single(method => method.Name == name).Parameters.ToDictionary(known => known.Name, known => known.DefaultValue);
        Assert.Equal(Number(texts, "sample_count"), completed.SampleCount);
        Assert.Equal((float?)Number(texts, "noise_level"), completed.NoiseLevel);
        Assert.Equal((ulong?)Number(texts, "seed"), completed.Seed);
        Assert.Equal(Space(texts), completed.Space);
        Assert.Null(completed.Noise);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ranges_OfSampleCounts_AreThoseAccepted(string name)
    {
        var parameter = MethodCatalog.All.Single(method => method.Name == name).Parameters.FirstOrDefault(known => known.Name == "sample_count");
        if (parameter is not null)
        {
            var numbers = parameter.Range.Split(' ', '(').Where(word => int.TryParse(word, out _)).Select(int.Parse).ToArray();
            Assert.Equal([1, 1000], numbers[..2]);
        }
    }

    [Fact]
    public void Facts_OfAllMethods_AreGivenAndNamesUnique()
    {
        Assert.All(MethodCatalog.All, method =>
            Assert.All([method.DisplayName, method.Summary, method.Reference, method.Cost, method.DefinitionVersion], text => Assert.NotEqual("", text)));
        var names = MethodCatalog.All.SelectMany(method => method.Aliases.Append(method.Name)).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(["smooth-cdam", "smooth-grad"], MethodCatalog.All.Where(method => method.Seeded).Select(method => method.Name));
    }

    private static double? Number(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>BLOCK_INPUT is BlockInput.</summary>
    private static TokenSpace? Space(Dictionary<string, string> texts) =>
        texts.TryGetValue("token_space", out var text) ? Enum.Parse<TokenSpace>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true) : null;
}
