using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>
/// What a nodule looks like at a point: how much of it is there, which the margin decides, and its Hounsfield units, which follow from
/// texture, calcium and conspicuity.
/// </summary>
internal sealed class NoduleDensity
{
    private const double SharpEdge = 0.9;        // mm: what a scanner blurs
    private const double SpiculeShare = 0.9;
    private readonly NoduleTraits _traits;
    private readonly NoduleShape _shape;
    private readonly Calcium _calcium;
    private readonly ValueNoise _texture;
    private readonly double _edge;
    private readonly double _fray;
    private readonly double _solid;
    private readonly double _groundGlass;

    public NoduleDensity(NoduleTraits traits, NoduleShape shape, ValueNoise texture, PhantomRandom random)
    {
        (_traits, _shape, _texture) = (traits, shape, texture);
        _calcium = new Calcium(traits.Calcification, shape.ShortestAxis, random);
        var blur = (5 - traits.Margin) / 4;
        _edge = Ramp.Mix(SharpEdge, Math.Max(SharpEdge, Math.Min(8, 1.7 * shape.ShortestAxis)), blur);
        _fray = blur * Math.Min(1.6, 0.35 * shape.ShortestAxis);
        _solid = Ramp.Mix(-130, 55, traits.Conspicuity);
        _groundGlass = Ramp.Mix(-710, -590, traits.Conspicuity);
    }

    /// <summary>Nothing of the nodule shows farther from its centre, mm.</summary>
    public double Reach => _shape.Reach + _edge / 2 + _fray + 1;

    /// <summary>How much of the nodule is at a point, 0 to 1, and its Hounsfield units there.</summary>
    public (double Share, double Hounsfield) At(Point3 offset)
    {
        var body = _shape.BodyDistance(offset);
        if (body > Math.Max(_shape.Spicules.Reach, _edge + _fray))
        {
            return (0, 0);
        }

        // A poorly defined margin is not only soft, it is ragged.
        var share = Ramp.Coverage(body + _fray * (_texture.At(offset, 2.2) + _texture.At(offset, 4.5)), _edge);
        var hounsfield = Hounsfield(offset, body);
        if (body < -1 || _shape.Spicules.Reach == 0)
        {
            return (share, hounsfield);
        }

        var strand = SpiculeShare * Ramp.Coverage(_shape.Spicules.Distance(offset).Distance, SharpEdge);
        return (Math.Max(share, strand), hounsfield);
    }

    private double Hounsfield(Point3 offset, double body)
    {
        var tissue = Ramp.Mix(GroundGlass(offset), _solid + 12 * _texture.At(offset, 3), SolidShare(offset, body));
        return tissue + _traits.Calcium * _calcium.Share(_shape.ToUnitBall(offset));
    }

    /// <summary>Denser the nearer the texture is to solid.</summary>
    private double GroundGlass(Point3 offset) =>
        _groundGlass + 45 * (_traits.Texture - 1) + 45 * _texture.At(offset, 2.5);

    /// <summary>A solid core that has about half the extent at texture 3 and all of it near 5.</summary>
    private double SolidShare(Point3 offset, double body)
    {
        var extent = (_traits.Texture - 1.7) / 2.8;
        if (extent >= 1)
        {
            return 1;
        }

        var depth = 1 + body / _shape.ShortestAxis + 0.22 * _texture.At(offset + new Point3(50, 0, 0), 0.5 * _shape.ShortestAxis);
        return extent <= 0 ? 0 : Ramp.Coverage(depth - extent, Math.Max(0.15, 1.2 / _shape.ShortestAxis));
    }
}
