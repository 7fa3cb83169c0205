namespace Cdam.Training.Lidc.Dicom;

/// <summary>The number of a data element. Messages show it with its name from PS3.6, where it is one that is read here.</summary>
internal readonly record struct DicomTag(ushort Group, ushort Element)
{
    public override string ToString() =>
        DicomTags.Names.TryGetValue(this, out var name) ? $"({Group:X4},{Element:X4}) {name}" : $"({Group:X4},{Element:X4})";
}
