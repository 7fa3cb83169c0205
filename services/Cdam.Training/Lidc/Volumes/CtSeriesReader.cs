using Cdam.Training.Lidc.Dicom;

namespace Cdam.Training.Lidc.Volumes;

/// <summary>Puts the slices of a folder into order and checks that they are one scan.</summary>
internal static class CtSeriesReader
{
    /// <summary>A scan of a whole trunk at 0.5 mm has 1,600.</summary>
    private const int MostSlices = 4096;

    /// <summary>Positions are written with at least three decimals; slices are at least 0.4 mm apart.</summary>
    private const double SamePosition = 0.01;

    /// <summary>Equal numbers may be written with different digits.</summary>
    private const double SameNumber = 1e-3;

    /// <summary>Slices may shift sideways by this share of a pixel before they count as no straight stack.</summary>
    private const double LargestShift = 0.5;

    /// <param name="files">Paths of DICOM files, in any order.</param>
    /// <param name="cancellation">Looked at before each file.</param>
    /// <returns>Null if none of them is a CT image.</returns>
    /// <exception cref="LidcException">A file is damaged, or the files are not one straight stack of at least two slices.</exception>
    public static CtSeries? Read(IEnumerable<string> files, CancellationToken cancellation = default)
    {
        var images = new List<CtImage>();
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (CtImageReader.Read(path) is { } image)
            {
                images.Add(image);
            }
        }

        return images.Count > 0 ? Order(images) : null;
    }

    private static CtSeries Order(List<CtImage> images)
    {
        var first = images[0];
        if (images.Count > MostSlices)
        {
            throw new LidcException($"{Path.GetDirectoryName(first.Path)}: has {images.Count} slices; may have at most {MostSlices}");
        }

        CheckAlike(images);
        var normal = first.AxisX.Cross(first.AxisY);
        var places = PlacesOf(images, normal);
        if (places.Count < 2)
        {
            throw new LidcException($"{first.Path}: all slices lie at one position; a scan has at least two");
        }

        var slices = places.ConvertAll(place => place[0]);
        var axis = new SliceAxis([.. slices.Select(slice => slice.Position.Dot(normal))]);
        var geometry = new ScanGeometry(first.Position, first.AxisX, first.AxisY, first.SpacingX, first.SpacingY, axis);
        return new CtSeries(slices, geometry, IndexBySop(places), [.. SpacingWarnings.Of(places, axis)]);
    }

    /// <summary>The slices at each position, in ascending order; the lowest instance number first, as pylidc chooses.</summary>
    private static List<List<CtImage>> PlacesOf(List<CtImage> images, Vector3D normal)
    {
        var places = new List<List<CtImage>>();
        var last = double.NegativeInfinity;
        foreach (var image in images.OrderBy(image => image.Position.Dot(normal)))
        {
            var position = image.Position.Dot(normal);
            if (position - last > SamePosition)
            {
                places.Add([]);
                last = position;
            }

            places[^1].Add(image);
        }

        return places.ConvertAll(place => place.OrderBy(image => image.InstanceNumber).ToList());
    }

    private static Dictionary<string, int> IndexBySop(List<List<CtImage>> places)
    {
        var slices = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, index) in places.Select((place, index) => (place, index)))
        {
            foreach (var image in place)
            {
                if (!slices.TryAdd(image.SopInstanceUid, index) && slices[image.SopInstanceUid] != index)
                {
                    throw new LidcException(
                        $"{image.Path}: {DicomTags.SopInstanceUid} {DicomInput.Quote(image.SopInstanceUid)} is another slice's, too; must be unique");
                }
            }
        }

        return slices;
    }

    private static void CheckAlike(List<CtImage> images)
    {
        var first = images[0];
        foreach (var image in images)
        {
            CheckSame(image, DicomTags.SeriesInstanceUid, image.SeriesInstanceUid, first.SeriesInstanceUid);
            CheckSame(image, DicomTags.PatientId, image.PatientId, first.PatientId);
            CheckSame(image, DicomTags.Rows, image.Rows, first.Rows);
            CheckSame(image, DicomTags.Columns, image.Columns, first.Columns);
            Check(
                image, DicomTags.PixelSpacing, $"{image.SpacingY}\\{image.SpacingX}", $"{first.SpacingY}\\{first.SpacingX}",
                Math.Max(Math.Abs(image.SpacingX - first.SpacingX), Math.Abs(image.SpacingY - first.SpacingY)) <= SameNumber);
            Check(
                image, DicomTags.ImageOrientationPatient, $"{image.AxisX} {image.AxisY}", $"{first.AxisX} {first.AxisY}",
                (image.AxisX - first.AxisX).Length <= SameNumber && (image.AxisY - first.AxisY).Length <= SameNumber);
            CheckStraight(image, first);
        }
    }

    private static void CheckStraight(CtImage image, CtImage first)
    {
        var offset = image.Position - first.Position;
        var shift = Math.Max(Math.Abs(offset.Dot(first.AxisX)) / first.SpacingX, Math.Abs(offset.Dot(first.AxisY)) / first.SpacingY);
        if (shift > LargestShift)
        {
            throw new LidcException(
                $"{image.Path}: {DicomTags.ImagePositionPatient} lies {shift:0.##} pixels beside the first slice's; may be at most {LargestShift}");
        }
    }

    private static void CheckSame<T>(CtImage image, DicomTag tag, T found, T expected)
        where T : IEquatable<T> => Check(image, tag, found, expected, found.Equals(expected));

    private static void Check<T>(CtImage image, DicomTag tag, T found, T expected, bool isAlike)
    {
        if (!isAlike)
        {
            throw new LidcException($"{image.Path}: {tag} is {found}; the other slices of the folder have {expected}");
        }
    }
}
