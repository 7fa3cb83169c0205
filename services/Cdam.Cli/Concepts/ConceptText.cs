using System.Globalization;
using Cdam.V1;

namespace Cdam.Cli.Concepts;

/// <summary>What a person reads of a concept that a server keeps.</summary>
internal static class ConceptText
{
    /// <param name="concept">With its images.</param>
    /// <param name="files">Of the images, in order, where they are known.</param>
    public static void Write(StoredConcept concept, IReadOnlyList<string>? files = null)
    {
        var alike = concept.SelfSimilarity;
        Console.WriteLine($"{concept.Name}: {concept.DisplayName}, the mean latent of {concept.ImageCount} pictures, for {concept.Model}");
        if (concept.Description.Length > 0)
        {
            Console.WriteLine($"  {concept.Description}");
        }

        Console.WriteLine($"  made {concept.CreateTime.ToDateTimeOffset():u}, compared by {concept.Similarity}, uid {concept.Uid}");
        Console.WriteLine($"  cosine with the mean: {Number(alike.Mean)} on average, least {Number(alike.Min)}");
        Console.WriteLine($"  nearest:  {string.Join(", ", alike.Nearest.Select(Image))}");
        Console.WriteLine($"  farthest: {string.Join(", ", alike.Farthest.Select(Image))}");

        string Image(int position) => $"{(files is null ? $"image {position}" : Path.GetFileName(files[position]))} ({Number(concept.Images[position].Cosine)})";
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
