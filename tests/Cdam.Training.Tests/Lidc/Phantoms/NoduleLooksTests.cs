using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Nodules;

namespace Cdam.Training.Tests.Lidc.Phantoms;

/// <summary>Each rating changes the voxels as its name says.</summary>
public sealed class NoduleLooksTests
{
    private const double Calcified = 200; // HU

    private static readonly NoduleTraits Plain = NoduleBench.Plain;

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(25)]
    public void Diameter_OfAPlainNodule_IsItsExtent(double diameter)
    {
        var shape = NoduleBench.Of(Plain with { Diameter = diameter }).Shape;
        var direction = new Point3(0.6, 0, 0.8);

        // Exact for a ball; rounding only.
        Assert.Equal(0, shape.OutlineDistance(diameter / 2 * direction), 1e-9);
        Assert.Equal(-1, shape.OutlineDistance((diameter / 2 - 1) * direction), 1e-9);
        Assert.Equal(2, shape.OutlineDistance((diameter / 2 + 2) * direction), 1e-9);
    }

    [Fact]
    public void Sphericity_Lower_MakesTheNoduleLongerThanWide()
    {
        var elongations = Descending(5, 4, 3, 2, 1).Select(rating => Elongation(Plain with { Sphericity = rating })).ToList();

        Assert.Equal(1, elongations[0], 0.1); // a voxel in 20
        AssertRises(elongations, 0.1);
    }

    [Fact]
    public void Lobulation_Higher_MakesTheRadiusVary() => AssertRises(
        Ascending(1, 2, 3, 4, 5).Select(rating => MeanOverSeeds(seed => RadiusVariation(Plain with { Lobulation = rating }, seed))), 0.01);

    [Fact]
    public void Spiculation_Higher_MakesMoreSurfaceForTheVolume() => AssertRises(
        Ascending(1, 2, 3.5, 5).Select(rating => MeanOverSeeds(seed => SurfaceToVolume(NoduleBench.Of(Plain with { Spiculation = rating }, seed)))), 0.01);

    [Fact]
    public void Spiculation_None_LeavesNoStrand() => Assert.Equal(0, NoduleBench.Of(Plain).Shape.Spicules.Reach);

    [Fact]
    public void Margin_Higher_MakesTheEdgeSteeper() => AssertRises(
        Ascending(1, 2, 3, 4, 5).Select(rating => NoduleBench.Of(Plain with { Margin = rating }).SteepestStep()), 10);

    [Fact]
    public void Texture_Higher_MakesTheNoduleDenser() => AssertRises(
        Ascending(1, 2, 3, 4, 5).Select(rating => NoduleBench.Of(Plain with { Texture = rating }).Inside().Average()), 40);

    [Theory]
    [InlineData(1, -700, -550)]
    [InlineData(5, -50, 60)]
    public void Texture_AtItsEnds_HasTheDensityOfGroundGlassAndOfSoftTissue(double texture, double low, double high) =>
        Assert.InRange(Hounsfield(Plain with { Texture = texture }, radius => radius < 4).Average(), low, high);

    [Fact]
    public void Texture_PartSolid_IsDenseInTheMiddleAndGroundGlassAround()
    {
        var nodule = Plain with { Texture = 3 };

        Assert.True(Hounsfield(nodule, radius => radius < 1.5).Average() > -200);
        Assert.True(Hounsfield(nodule, radius => radius is > 5 and < 6).Average() < -400);
    }

    [Fact]
    public void Conspicuity_Higher_MakesMoreContrast() => AssertRises(
        Ascending(0, 0.5, 1).Select(value => NoduleBench.Of(Plain with { Conspicuity = value }).Inside().Average() - NoduleBench.Lung), 30);

    [Fact]
    public void Subtlety_RisesWithSizeDensityAndContrast_FallsBesideThePleura()
    {
        Assert.True((Plain with { Diameter = 4 }).Subtlety < Plain.Subtlety);
        Assert.True((Plain with { Texture = 1 }).Subtlety < Plain.Subtlety);
        Assert.True((Plain with { Conspicuity = 0 }).Subtlety < Plain.Subtlety);
        Assert.True((Plain with { Attachment = Attachment.Pleura }).Subtlety < Plain.Subtlety);
    }

    [Fact]
    public void Calcification_Absent_NowhereCalcified() => Assert.DoesNotContain(NoduleBench.Of(Plain).Inside(), hounsfield => hounsfield > Calcified);

    [Fact]
    public void Calcification_Solid_FillsTheNodule() => Assert.True(CalcifiedShare(Calcification.Solid, radius => radius < 5.5) > 0.99);

    [Fact]
    public void Calcification_Central_FillsTheMiddleAlone()
    {
        Assert.True(CalcifiedShare(Calcification.Central, radius => radius < 2.4) > 0.99);
        Assert.Equal(0, CalcifiedShare(Calcification.Central, radius => radius > 4));
    }

    [Fact]
    public void Calcification_Laminated_MakesRings()
    {
        Assert.True(CalcifiedShare(Calcification.Laminated, radius => radius is > 5.3 and < 5.9) > 0.9);
        Assert.True(CalcifiedShare(Calcification.Laminated, radius => radius is > 2.2 and < 2.7) > 0.9);
        Assert.True(CalcifiedShare(Calcification.Laminated, radius => radius is > 3.8 and < 4.2) < 0.1);
    }

    [Fact]
    public void Calcification_NonCentral_LiesToOneSide()
    {
        var calcified = CalcifiedVoxels(Calcification.NonCentral);

        // The blob's middle is drawn at 0.55 of a radius of 7 mm.
        Assert.InRange((1.0 / calcified.Count * calcified.Aggregate((a, b) => a + b)).Length, 3.3, 4.4);
    }

    [Fact]
    public void Calcification_Popcorn_IsScatteredInBlobs()
    {
        var calcified = CalcifiedVoxels(Calcification.Popcorn);

        Assert.InRange((1.0 / calcified.Count * calcified.Aggregate((a, b) => a + b)).Length, 0, 2.5);
        Assert.InRange(CalcifiedShare(Calcification.Popcorn, radius => radius < 6), 0.05, 0.6);
    }

    private static double[] Ascending(params double[] values) => values;

    private static double[] Descending(params double[] values) => values;

    /// <summary>Each value lies at least <paramref name="step"/> above the one before.</summary>
    private static void AssertRises(IEnumerable<double> values, double step)
    {
        var list = values.ToList();
        Assert.All(list.Zip(list.Skip(1)), pair => Assert.True(pair.Second - pair.First > step, string.Join(' ', list)));
    }

    private static double MeanOverSeeds(Func<ulong, double> measure) => Enumerable.Range(1, 3).Average(seed => measure((ulong)seed));

    private static IEnumerable<double> Hounsfield(NoduleTraits traits, Func<double, bool> radius) =>
        NoduleBench.Of(traits).Voxels().Where(voxel => radius(voxel.Offset.Length)).Select(voxel => voxel.Hounsfield);

    private static double CalcifiedShare(Calcification pattern, Func<double, bool> radius) =>
        Hounsfield(Plain with { Calcification = pattern }, radius).Average(hounsfield => hounsfield > Calcified ? 1 : 0);

    private static List<Point3> CalcifiedVoxels(Calcification pattern) =>
        [.. NoduleBench.Of(Plain with { Calcification = pattern }).Voxels().Where(voxel => voxel.Hounsfield > Calcified).Select(voxel => voxel.Offset)];

    /// <summary>Surface to surface along many directions: the longest over the shortest.</summary>
    private static double Elongation(NoduleTraits traits)
    {
        var radii = Radii(traits, 5);
        return radii.Max() / radii.Min();
    }

    private static double RadiusVariation(NoduleTraits traits, ulong seed)
    {
        var radii = Radii(traits, seed);
        var mean = radii.Average();
        return Math.Sqrt(radii.Average(radius => (radius - mean) * (radius - mean))) / mean;
    }

    private static List<double> Radii(NoduleTraits traits, ulong seed)
    {
        var shape = NoduleBench.Of(traits, seed).Shape;
        var random = new PhantomRandom(1);
        return [.. Enumerable.Range(0, 200).Select(_ => Radius(shape, random.Direction()))];
    }

    private static double Radius(NoduleShape shape, Point3 direction)
    {
        var radius = 0.0;
        while (shape.BodyDistance((radius + 0.05) * direction) < 0)
        {
            radius += 0.05;
        }

        return radius;
    }

    /// <summary>Faces between voxels above and below −500 HU, a voxel.</summary>
    private static double SurfaceToVolume(NoduleBench bench)
    {
        var inside = bench.Voxels().Select(voxel => voxel.Hounsfield > -500).ToArray();
        var side = NoduleBench.Grid.Matrix;
        var faces = new[] { 1, side, side * side }.Sum(step => inside.Zip(inside.Skip(step), (a, b) => a != b).Count(face => face));
        return (double)faces / inside.Count(voxel => voxel);
    }
}
