namespace Cdam.Scenes;

/// <summary>An object with its pose and paint, while a scene is being made.</summary>
/// <param name="classIndex">Its class.</param>
/// <param name="pattern">Its surface.</param>
/// <param name="coverage">side × side, share of each pixel that the whole object covers, 0 to 1.</param>
/// <param name="extent">Longer side of its bounding box, in pixels.</param>
/// <param name="turn">How far it is turned, in radians, clockwise.</param>
internal sealed class PlacedObject(int classIndex, TexturePattern pattern, float[] coverage, double extent, double turn)
{
    private readonly float[] _visible = (float[])coverage.Clone();

    public TexturePattern Pattern => pattern;

    public float[] Coverage => coverage;

    public double Extent => extent;

    public double Turn => turn;

    /// <summary>Takes away what something else, given by its coverage, hides.</summary>
    public void HideBelow(float[] other)
    {
        for (var i = 0; i < _visible.Length; i++)
        {
            _visible[i] *= 1 - other[i];
        }
    }

    /// <summary>Share of the object that is still seen.</summary>
    public double VisibleShare() => _visible.Sum() / Math.Max(1e-6, coverage.Sum());

    /// <summary>The object as the scene reports it.</summary>
    public SceneObject Finish() => new(classIndex, pattern, [.. _visible.Select(share => share >= 0.5f ? (byte)1 : (byte)0)]);
}
