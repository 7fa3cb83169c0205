using System.Globalization;
using Cdam.Attribution.Volumes;

namespace Cdam.Cli.Lidc;

/// <summary>What a person writes for a place in a volume: <c>X,Y,Z</c>.</summary>
internal static class CentreArgument
{
    /// <returns>Null where nothing is given.</returns>
    /// <exception cref="ArgumentException">It is not three numbers.</exception>
    public static Xyz? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var numbers = text.Split(',')
            .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .ToArray();
        return numbers is [var x, var y, var z] && numbers.All(double.IsFinite)
            ? new Xyz(x, y, z)
            : throw new ArgumentException($"--centre is \"{text}\"; must be three numbers, X,Y,Z");
    }
}
