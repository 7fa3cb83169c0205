using Cdam.Randomness;

namespace Cdam.Scenes.Painting;

/// <summary>Two colours and how they alternate over a surface.</summary>
internal sealed class Texture
{
    private readonly TexturePattern _pattern;
    private readonly Colour _main, _other;
    private readonly float[] _noise;
    private readonly int _side;
    private readonly double _sin, _cos, _frequency, _phaseX, _phaseY, _duty, _grain;

    /// <param name="side">Of the canvas.</param>
    /// <param name="pattern">How the colours alternate.</param>
    /// <param name="main">The colour of most of the surface.</param>
    /// <param name="other">The other, unused where the pattern is plain.</param>
    /// <param name="period">Length after which the pattern repeats, in pixels.</param>
    /// <param name="turn">How far it is turned, in radians.</param>
    public Texture(int side, TexturePattern pattern, Colour main, Colour other, double period, double turn, RandomStream random)
    {
        (_side, _pattern, _main, _other) = (side, pattern, main, other);
        (_sin, _cos) = Math.SinCos(turn);
        _frequency = 2 * Math.PI / period;
        (_phaseX, _phaseY) = (random.Uniform(0, 2 * Math.PI), random.Uniform(0, 2 * Math.PI));
        _duty = random.Uniform(-0.25, 0.25);
        _grain = random.Uniform(0.02, 0.15);
        _noise = NoiseField.Draw(side, pattern == TexturePattern.Marbled ? 4 : 8, 3, random);
    }

    /// <summary>The colour at a pixel.</summary>
    public Colour At(int pixel)
    {
        var noise = _noise[pixel];
        if (_pattern == TexturePattern.Plain)
        {
            return _main.Times((float)(1 + _grain * noise));
        }

        var (column, row) = (pixel % _side, pixel / _side);
        var u = (column * _cos + row * _sin) * _frequency + _phaseX;
        var v = (row * _cos - column * _sin) * _frequency + _phaseY;
        return _main.Towards(_other, Soft(Wave(u, v, noise))).Times((float)(1 + _grain * noise));
    }

    /// <summary>Positive where the other colour is.</summary>
    private double Wave(double u, double v, double noise) => _pattern switch
    {
        TexturePattern.Striped => Math.Sin(u) + _duty,
        TexturePattern.Dotted => Math.Cos(u) + Math.Cos(v) - 0.75 + _duty,
        TexturePattern.Checked => 1.6 * Math.Sin(u) * Math.Sin(v),
        _ => Math.Sin(0.6 * u + 4 * noise) + _duty,
    };

    /// <summary>An edge that is about a pixel wide.</summary>
    private static float Soft(double wave) => (float)Math.Clamp(0.5 + 2.5 * wave, 0, 1);
}
