namespace Cdam.Scoring.Planning;

/// <summary>Everything that one forward pass serves. The logits of every target come with it, so targets read are not listed.</summary>
public sealed class AnswerReaders
{
    private readonly List<CurveReader> _curves = [];
    private readonly List<BoxReader> _boxes = [];

    internal AnswerReaders()
    {
    }

    /// <summary>Points of curves.</summary>
    public IReadOnlyList<CurveReader> Curves => _curves;

    /// <summary>Boxes, each for all maps.</summary>
    public IReadOnlyList<BoxReader> Boxes => _boxes;

    /// <summary>True for the picture as it is, where box drops are measured from: then every map reads it.</summary>
    public bool IsDropReference { get; internal set; }

    internal void Add(CurveReader reader) => _curves.Add(reader);

    internal void Add(BoxReader reader) => _boxes.Add(reader);

    /// <summary>Positions of the maps that wait for this answer.</summary>
    internal IEnumerable<int> Maps(int mapCount) =>
        _boxes.Count > 0 || IsDropReference ? Enumerable.Range(0, mapCount) : _curves.Select(reader => reader.Map).Distinct();
}
