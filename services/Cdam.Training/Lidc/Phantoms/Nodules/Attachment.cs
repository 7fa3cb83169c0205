namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>What a nodule touches.</summary>
internal enum Attachment
{
    None,
    Vessel,
    Pleura,
}
