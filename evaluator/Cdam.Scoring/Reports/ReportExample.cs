namespace Cdam.Scoring.Reports;

/// <summary>An image's maps, for people to look at.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Target">What is explained.</param>
/// <param name="Maps">A method's name and its map over the picture, PNG.</param>
public sealed record ReportExample(string Image, string Target, IReadOnlyList<(string Method, byte[] Png)> Maps);
