namespace Cdam.Training.Lidc.Dicom;

/// <summary>How 16 allocated bits become Hounsfield units: slope × stored + intercept.</summary>
/// <param name="BitsStored">The low bits that count, 1 to 16; the others may hold anything.</param>
/// <param name="IsSigned">Two's complement in those bits.</param>
/// <param name="Slope">Finite, not 0.</param>
/// <param name="Intercept">Finite.</param>
internal readonly record struct PixelFormat(int BitsStored, bool IsSigned, double Slope, double Intercept)
{
    /// <summary>Rounded to the nearest whole number and clamped into int16: padding around the round field of view goes far below air.</summary>
    public short Hounsfield(ushort stored)
    {
        var unused = 16 - BitsStored;
        var shifted = stored << unused;
        var value = IsSigned ? (short)shifted >> unused : (ushort)shifted >> unused;
        return (short)Math.Clamp(Math.Round(Slope * value + Intercept), short.MinValue, short.MaxValue);
    }
}
