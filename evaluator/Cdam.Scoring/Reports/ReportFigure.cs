namespace Cdam.Scoring.Reports;

/// <summary>A picture of a report.</summary>
/// <param name="Name">For file names: letters, digits and hyphens.</param>
/// <param name="Caption">What it shows, one sentence.</param>
/// <param name="Png">For pages.</param>
/// <param name="Svg">For papers.</param>
public sealed record ReportFigure(string Name, string Caption, byte[] Png, string Svg);
