using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>
/// Unique identifiers of a phantom scan: <c>2.25.</c> and a UUID as a decimal number (DICOM PS3.5, B.2), from a hash of what decides the
/// files' content, so that other options make other identifiers.
/// </summary>
internal sealed class ScanUids(PhantomOptions options, int patient)
{
    // Raise it whenever the same options make other files.
    private const int Definition = 1;

    public string Study => Uid("study", 0);

    public string Series => Uid("series", 0);

    public string FrameOfReference => Uid("frame", 0);

    public string Annotation => Uid("annotation", 0);

    /// <summary>SOP instance of a slice.</summary>
    public string Slice(int slice) => Uid("slice", slice);

    private string Uid(string what, int index)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"cdam phantom {Definition} seed {options.Seed} matrix {options.Matrix} implicit {options.ImplicitVr} patient {patient} {what} {index}");
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(text)).AsSpan(0, 16);

        // UUID of version 8 (made otherwise) and variant 10.
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return "2.25." + BinaryPrimitives.ReadUInt128BigEndian(hash).ToString(CultureInfo.InvariantCulture);
    }
}
