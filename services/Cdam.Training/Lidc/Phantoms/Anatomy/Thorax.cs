using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>
/// A body between the arch of the aorta and the diaphragm: distances to its parts and Hounsfield units, vessels of the lungs apart.
/// </summary>
internal sealed class Thorax(ThoraxSize size, double middleZ, ValueNoise texture)
{
    private const double Air = -1000;
    private const double FatHu = -95;
    private const double MuscleHu = 50;
    private const double Skin = 1.6;        // mm
    private const double EdgeWidth = 1.1;   // mm: what a scanner blurs
    private const double Deep = 12;         // mm below a surface at which its unevenness no longer matters
    private readonly Mediastinum _mediastinum = new(size);
    private readonly Skeleton _skeleton = new(size);

    /// <summary>mm to the lungs' surface, negative inside.</summary>
    public double LungDistance(Point3 point)
    {
        var local = Local(point);
        return LungDistance(local, CavityDistance(local));
    }

    /// <summary>Where the vessels enter a lung.</summary>
    /// <param name="side">−1 for the patient's right lung, 1 for the left.</param>
    public Point3 Hilum(int side) => new(side * 0.2 * size.BodyX + 0.05 * size.BodyX, 0.05 * size.BodyY, middleZ);

    /// <summary>Hounsfield units of a point, without the lungs' vessels, nodules and noise.</summary>
    public double Hounsfield(Point3 point)
    {
        var local = Local(point);
        var skin = Uneven(Ellipse.RoundedDistance(local.X, local.Y, size.BodyX, size.BodyY), 2, 45, local);
        if (skin > EdgeWidth)
        {
            return Outside(local);
        }

        var cavity = CavityDistance(local);
        var inLung = Ramp.Coverage(LungDistance(local, cavity), EdgeWidth);
        var hounsfield = inLung >= 1 ? Lung(local) : Ramp.Mix(Solid(local, -skin, cavity), Lung(local), inLung);
        return Ramp.Mix(Air, hounsfield, Ramp.Coverage(skin, EdgeWidth));
    }

    private Point3 Local(Point3 point) => point with { Z = point.Z - middleZ };

    private double LungDistance(Point3 local, double cavity) =>
        cavity > 4 ? cavity : Ramp.Intersection(cavity, -_mediastinum.Distance(local), 5 * size.Scale);

    private double CavityDistance(Point3 local)
    {
        var taper = 1 - 0.0009 * Math.Abs(local.Z);
        var smooth = Ellipse.RoundedDistance(local.X, local.Y + 0.1 * size.Wall, size.CavityX * taper, size.CavityY * taper);
        return Uneven(smooth, 1.5, 30, local);
    }

    private double Uneven(double distance, double amplitude, double scale, Point3 local) =>
        distance < -Deep || distance > amplitude + EdgeWidth + size.Wall ? distance : distance + amplitude * texture.At(local, scale);

    /// <summary>Gravity makes the back denser; alveoli and vessels too small to be seen make a texture.</summary>
    private double Lung(Point3 local) =>
        size.Parenchyma + 25 * local.Y / size.CavityY + 14 * texture.At(local, 9) + 22 * texture.At(local, 2.7);

    private double Solid(Point3 local, double depth, double cavity)
    {
        var bone = _skeleton.Distance(local, cavity);
        var soft = bone.Distance < -EdgeWidth ? 0 : Soft(local, depth, cavity);
        return bone.Distance > EdgeWidth ? soft : Ramp.Mix(soft, bone.Hounsfield, Ramp.Coverage(bone.Distance, EdgeWidth));
    }

    private double Soft(Point3 local, double depth, double cavity)
    {
        if (depth < Skin)
        {
            return 0;
        }

        var grain = 12 * texture.At(local, 4);
        if (cavity < 0)
        {
            return _mediastinum.Hounsfield(local, texture) + grain;
        }

        var fat = size.Fat * (1 + 0.5 * texture.At(local, 25));
        var layers = texture.At(local with { Z = local.Z / 3 }, 7); // fat between the muscles
        var muscle = Ramp.Mix(MuscleHu, FatHu, Ramp.Coverage(0.45 - layers, 0.2));
        return Ramp.Mix(FatHu, muscle, Ramp.Coverage(fat - depth, 1)) + grain;
    }

    /// <summary>Air, and the couch.</summary>
    private double Outside(Point3 local)
    {
        var couch = Math.Abs(local.Y - (size.BodyY + 5 - local.X * local.X / (9 * size.BodyX))) - 0.8;
        return Ramp.Mix(Air, -500, Ramp.Coverage(couch, 1.2));
    }
}
