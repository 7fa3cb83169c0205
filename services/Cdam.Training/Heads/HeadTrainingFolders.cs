namespace Cdam.Training.Heads;

/// <summary>Where a head's training reads and writes.</summary>
/// <param name="Images">One folder a class, as torchvision's ImageFolder has it.</param>
/// <param name="Backbone">A model folder; its head, if it has one, is left alone.</param>
/// <param name="Output">Takes the finished model; its subfolder <c>training</c> takes the metrics and what is needed to go on.</param>
/// <param name="Validation">Images to choose the best epoch by, with the same classes; null means a share of the others.</param>
public sealed record HeadTrainingFolders(string Images, string Backbone, string Output, string? Validation = null);
