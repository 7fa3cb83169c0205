namespace Cdam.Randomness;

/// <summary>
/// Random numbers that are a pure function of (seed, stream): the same on every machine and whatever other streams drew. Counter-based
/// (<see cref="Philox"/>), so that stream 1,000,000 costs no more to reach than stream 0.
/// </summary>
/// <param name="seed">Of everything.</param>
/// <param name="stream">Which of the independent streams, below 2³².</param>
internal sealed class RandomStream(ulong seed, uint stream)
{
    private readonly uint[] _words = new uint[4];
    private ulong _counter = (ulong)stream << 32;
    private int _used = 4;

    /// <summary>32 random bits.</summary>
    public uint Bits()
    {
        if (_used == _words.Length)
        {
            (_words[0], _words[1], _words[2], _words[3]) = Philox.Words(_counter++, seed);
            _used = 0;
        }

        return _words[_used++];
    }

    /// <summary>0 to 1, 1 excluded.</summary>
    public double Uniform() => Bits() * (1.0 / (1L << 32));

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, which is excluded.</summary>
    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Index(int count) => (int)((ulong)Bits() * (ulong)count >> 32);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Integer(int low, int high) => low + Index(high - low + 1);

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>One of the items, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Index(items.Count)];

    /// <summary>Puts the items in random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Index(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
