namespace Cdam.Evaluator.Sessions;

/// <summary>A map that reports show, as it is stored.</summary>
/// <param name="Method">Its method.</param>
/// <param name="TokenScores">A score for each patch; empty where the method scores pixels.</param>
/// <param name="Overlay">The map over the picture, PNG.</param>
internal sealed record ExampleMap(string Method, float[] TokenScores, byte[] Overlay)
{
    /// <summary>So many images of a session are shown, the first ones.</summary>
    internal const int Images = 4;
}
