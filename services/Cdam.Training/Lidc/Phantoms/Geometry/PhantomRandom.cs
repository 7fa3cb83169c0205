using Cdam.Randomness;

namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>A stream of random values from <see cref="Philox"/>: the same on every machine, since only exact operations are used.</summary>
internal sealed class PhantomRandom(ulong key)
{
    private const double Unit = 1.0 / (1L << 32);
    private readonly uint[] _words = new uint[4];
    private ulong _counter;
    private int _taken = 4;

    /// <summary>The stream of one purpose in one patient.</summary>
    public static PhantomRandom For(ulong seed, int patient, RandomStream stream) => new(Key(seed, patient, stream));

    /// <summary>The key of that stream, for what draws by position.</summary>
    public static ulong Key(ulong seed, int patient, RandomStream stream)
    {
        var (low, high, _, _) = Philox.Words((ulong)patient << 8 | (ulong)stream, seed);
        return low | (ulong)high << 32;
    }

    /// <summary>A new stream, keyed by the next values of this one.</summary>
    public PhantomRandom Fork() => new(Word() | (ulong)Word() << 32);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => Word() * Unit;

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>Uniform among low … high, both included.</summary>
    public int Integer(int low, int high) => low + (int)((ulong)Word() * (ulong)(high - low + 1) >> 32);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Integer(0, choices.Count - 1)];

    /// <summary>Mean 0 and variance 1, nearly normal: the sum of twelve uniform values, never beyond ±6.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Uniform();
        }

        return sum;
    }

    /// <summary>A unit vector, uniform over the sphere.</summary>
    public Point3 Direction() => InBall().Normalized();

    /// <summary>Uniform in the unit ball, its centre left out.</summary>
    public Point3 InBall()
    {
        while (true)
        {
            var point = new Point3(Uniform(-1, 1), Uniform(-1, 1), Uniform(-1, 1));
            if (point.Dot(point) is <= 1 and > 1e-6)
            {
                return point;
            }
        }
    }

    /// <summary>The numbers 0 … count − 1 in random order.</summary>
    public int[] Order(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var other = Integer(0, i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private uint Word()
    {
        if (_taken == _words.Length)
        {
            (_words[0], _words[1], _words[2], _words[3]) = Philox.Words(_counter++, key);
            _taken = 0;
        }

        return _words[_taken++];
    }
}
