namespace Cdam.Training.Heads.Images;

/// <summary>An image file and what it shows.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Name">The path below the folder of all images, which stays when that folder is moved.</param>
/// <param name="ClassIndex">Position among the classes.</param>
internal sealed record LabelledImage(string Path, string Name, int ClassIndex);
