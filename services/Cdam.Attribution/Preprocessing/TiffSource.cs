using System.Globalization;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Cdam.Attribution.Preprocessing;

/// <summary>A TIFF file in memory, and the first fault that the library reported about it.</summary>
internal sealed class TiffSource : MemoryStream
{
    // The library knows one handler for the whole process; its own writes to the console.
    static TiffSource() => Tiff.SetErrorHandler(new FaultRecorder());

    private TiffSource(byte[] buffer, int offset, int count)
        : base(buffer, offset, count, writable: false)
    {
    }

    /// <summary>What the library said first, or null.</summary>
    public string? Fault { get; private set; }

    public static TiffSource Over(ReadOnlyMemory<byte> data)
    {
        var segment = MemoryMarshal.TryGetArray(data, out var array) ? array : new ArraySegment<byte>(data.ToArray());
        return new TiffSource(segment.Array!, segment.Offset, segment.Count);
    }

    private sealed class FaultRecorder : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (clientData is TiffSource source)
            {
                source.Fault ??= string.Format(CultureInfo.InvariantCulture, format, args);
            }
        }
    }
}
