namespace Cdam.Scoring.Statistics;

/// <summary>
/// Numbers of many images, a row for each image: eight bytes a number and nothing else, whatever their count, since rows are held in blocks
/// that are neither copied nor larger than <see cref="BlockBytes"/>. Not for several threads at once.
/// </summary>
public sealed class ImageValues
{
    private const int BlockBytes = 1 << 16;

    private readonly int _blockRows;
    private readonly List<double[]> _blocks = [];
    private readonly int[] _defined;

    /// <param name="columns">Numbers of each image, at least 1.</param>
    public ImageValues(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        _blockRows = Math.Max(1, BlockBytes / sizeof(double) / columns);
        _defined = new int[columns];
    }

    /// <summary>Numbers of each image.</summary>
    public int Columns => _defined.Length;

    /// <summary>Images so far.</summary>
    public int Rows { get; private set; }

    /// <summary>For each column the images that have a number.</summary>
    public ReadOnlySpan<int> Defined => _defined;

    /// <summary>Takes the next image's numbers.</summary>
    /// <param name="row">One for each column; NaN where undefined.</param>
    /// <exception cref="ArgumentException">Too few or too many, or one is infinite; nothing is taken then.</exception>
    public void Add(ReadOnlySpan<double> row)
    {
        if (row.Length != Columns)
        {
            throw new ArgumentException($"{row.Length} values for {Columns} columns; equally many are needed.", nameof(row));
        }

        if (row.ContainsAny(double.PositiveInfinity, double.NegativeInfinity))
        {
            throw new ArgumentException("A value is infinite; values must be finite, or NaN where undefined.", nameof(row));
        }

        if (Rows % _blockRows == 0)
        {
            _blocks.Add(new double[_blockRows * Columns]);
        }

        row.CopyTo(_blocks[^1].AsSpan(Rows % _blockRows * Columns));
        Rows++;
        for (var column = 0; column < row.Length; column++)
        {
            _defined[column] += double.IsNaN(row[column]) ? 0 : 1;
        }
    }

    /// <summary>The numbers of an image.</summary>
    /// <param name="image">Its position, from 0.</param>
    public ReadOnlySpan<double> Row(int image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(image, Rows);
        return _blocks[image / _blockRows].AsSpan(image % _blockRows * Columns, Columns);
    }
}
