using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Models;
using Cdam.Training.LungModels.Figures;

namespace Cdam.Training.LungModels;

/// <summary>What came of a training; beside the model it lies as <see cref="FileName"/>.</summary>
/// <param name="Kind">Malignancy or biomarker.</param>
/// <param name="Recipe">How the data were split.</param>
/// <param name="WrittenFold">
/// The fold whose weights the model folder has: that with the lowest validation loss. Its held-out figures are those of
/// <paramref name="Folds"/>.
/// </param>
/// <param name="Folds">Each fold; a single one for the main text's recipe.</param>
/// <param name="Summary">Mean and deviation of each figure over folds.</param>
public sealed record LungReport(
    ModelKind Kind, LungRecipe Recipe, int WrittenFold, IReadOnlyList<LungFoldReport> Folds, IReadOnlyList<LungFigureSummary> Summary)
{
    /// <summary>The report's name in the model folder.</summary>
    public const string FileName = "report.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));
}
