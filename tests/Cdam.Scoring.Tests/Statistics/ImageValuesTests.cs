using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Tests.Statistics;

public sealed class ImageValuesTests
{
    [Fact]
    public void Rows_OfSeveralBlocks_ComeBackAsTheyWere()
    {
        const int Columns = 1000, Images = 300; // 8 rows fill a block
        var values = new ImageValues(Columns);
        for (var image = 0; image < Images; image++)
        {
            values.Add(Row(image));
        }

        Assert.Equal((Columns, Images), (values.Columns, values.Rows));
        Assert.All(Enumerable.Range(0, Images), image => Assert.Equal(Row(image), values.Row(image).ToArray()));
        Assert.Equal(Images - 3, values.Defined[7]); // of 7, 107 and 207
        Assert.Throws<ArgumentOutOfRangeException>(() => values.Row(Images).Length);

        static double[] Row(int image) => [.. Enumerable.Range(0, Columns).Select(column => image % 100 == column ? double.NaN : (image * 1000) + column)];
    }

    [Fact]
    public void Values_OfManyImages_TakeEightBytesEach()
    {
        const int Columns = 130, Images = 20_000;
        var row = new double[Columns];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var values = new ImageValues(Columns);
        for (var image = 0; image < Images; image++)
        {
            values.Add(row);
        }

        // Everything that was ever allocated: no block is copied. The last block is not full, and the list of blocks is small.
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)values.Rows / Columns;
        Assert.InRange(each, 8, 8.6);
    }

    [Fact]
    public void Row_ThatDoesNotFitOrIsInfinite_IsRefusedAndNotTaken()
    {
        var values = new ImageValues(2);

        Assert.Contains("3 values for 2 columns", Assert.Throws<ArgumentException>(() => values.Add([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => values.Add([1, double.NegativeInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageValues(0));
        Assert.Equal((0, 0), (values.Rows, values.Defined[0]));
    }
}
