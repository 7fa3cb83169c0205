namespace Cdam.Training.Heads.Images;

/// <summary>
/// A data set as torchvision's ImageFolder has it: a folder for each class, its images anywhere below. Classes are sorted by name,
/// by code point, as Python sorts. Hidden files and folders are passed over.
/// </summary>
/// <param name="Path">The folder of all.</param>
/// <param name="Classes">At least two, by name.</param>
/// <param name="Images">Files in the order of classes and paths; not opened yet.</param>
internal sealed record ImageFolder(string Path, IReadOnlyList<string> Classes, IReadOnlyList<LabelledImage> Images)
{
    /// <summary>Links may lead round in circles.</summary>
    private const int DeepestFolder = 16;

    /// <exception cref="ArgumentException">There is no such folder, or fewer than two classes, or a class has no name to show.</exception>
    public static ImageFolder Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new ArgumentException($"{path}: there is no such folder");
        }

        var classes = Directory.GetDirectories(path, "*", Visible(recurse: false)).Select(folder => System.IO.Path.GetFileName(folder))
            .Order(StringComparer.Ordinal).ToList();
        if (classes.Count < 2)
        {
            var found = classes.Count == 0 ? "no folder" : $"one folder, \"{classes[0]}\"";
            throw new ArgumentException($"{path}: has {found}; must have a folder of images for each class, at least two");
        }

        if (classes.Find(name => string.IsNullOrWhiteSpace(name.Replace(',', ' '))) is { } nameless)
        {
            throw new ArgumentException($"{path}: has a folder \"{nameless}\"; it names a class, and must hold more than commas and spaces");
        }

        return new ImageFolder(path, classes, [.. classes.SelectMany((name, index) => Files(path, name, index))]);
    }

    /// <summary>Checks that another folder has the same classes.</summary>
    /// <exception cref="ArgumentException">One of the two lacks classes; they are named.</exception>
    public void RequireClassesOf(ImageFolder other)
    {
        var (missing, extra) = (other.Classes.Except(Classes).ToList(), Classes.Except(other.Classes).ToList());
        if (missing.Count + extra.Count > 0)
        {
            var faults = new[] { Fault("lacks", missing), Fault("has, beyond those,", extra) }.Where(fault => fault.Length > 0);
            throw new ArgumentException($"{Path}: must have the classes of {other.Path}, but {string.Join(" and ", faults)}");
        }

        static string Fault(string verb, List<string> names) =>
            names.Count == 0 ? "" : $"{verb} {ClassList.Show(names.Select(name => $"\"{name}\""))}";
    }

    private static IEnumerable<LabelledImage> Files(string root, string className, int classIndex) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(root, className), "*", Visible(recurse: true))
            .Select(file => new LabelledImage(file, System.IO.Path.GetRelativePath(root, file), classIndex))
            .OrderBy(image => image.Name, StringComparer.Ordinal);

    private static EnumerationOptions Visible(bool recurse) => new()
    {
        RecurseSubdirectories = recurse,
        MaxRecursionDepth = DeepestFolder,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };
}
