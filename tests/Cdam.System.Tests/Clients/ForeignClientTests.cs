using System.Text.Json;
using Cdam.V1;

namespace Cdam.System.Tests.Clients;

/// <summary>Clients of other languages get the very bits that a C# client gets.</summary>
public sealed class ForeignClientTests(ExplainingSystem system) : IClassFixture<ExplainingSystem>
{
    public static TheoryData<string> Languages => ["node", "python", "cpp", "curl"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Client_ByClassAndByConcept_GetsTheScoresOfTheCSharpClient(string language)
    {
        var client = await ForeignClient.Prepare(language);
        foreach (var (model, argument, target) in ((string, string, Target)[])[
            ("models/scenes", "fir tree", new Target { Output = "fir tree" }),
            ("models/scenes-concepts", "concept:striped", new Target { ConceptId = "striped" })])
        {
            var expected = await system.Scores(model, target, system.Pictures[0]);
            var result = await client.Explain(system, model, argument, system.Pictures[0]);
            Assert.True(result.ExitCode == 0, result.ToString());
            var (picture, scores) = Assert.Single(Read(result));
            Assert.Equal(system.Pictures[0], picture);
            AssertSameBits(expected, scores);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Client_OfSeveralPictures_GetsTheSameScores(string language)
    {
        var client = await ForeignClient.Prepare(language);
        var result = await client.Explain(system, "models/scenes", "star", system.Pictures);
        Assert.True(result.ExitCode == 0, result.ToString());
        var answers = Read(result).ToDictionary();
        Assert.Equal(system.Pictures.Order(), answers.Keys.Order());
        foreach (var picture in system.Pictures)
        {
            AssertSameBits(await system.Scores("models/scenes", new Target { Output = "star" }, picture), answers[picture]);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Client_OfAnUnknownModel_PrintsTheDetails(string language)
    {
        var client = await ForeignClient.Prepare(language);
        foreach (var pictures in (IEnumerable<string>[])[system.Pictures.Take(1), system.Pictures])
        {
            var result = await client.Explain(system, "models/nobody", "star", pictures);
            Assert.True(result is { ExitCode: 1, Output: "" }, result.ToString());
            string[] expected = ["google.rpc.ErrorInfo", "MODEL_NOT_FOUND", "google.rpc.ResourceInfo", "models/nobody"];
            Assert.All(expected, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Picture, float[] Scores)> Read(CommandResult result) =>
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("image").GetString()!, json.RootElement.GetProperty("scores").Deserialize<float[]>()!);
        });

    private static void AssertSameBits(float[] expected, float[] actual)
    {
        Assert.Contains(expected, score => score != 0);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
    }
}
