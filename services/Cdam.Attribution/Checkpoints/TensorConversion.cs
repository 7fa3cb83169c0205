using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cdam.Attribution.Checkpoints;

/// <summary>Converts little-endian elements. Conversions to float32 round to nearest, ties to even.</summary>
internal static class TensorConversion
{
    public static void ToFloat32(TensorType type, ReadOnlySpan<byte> bytes, Span<float> result)
    {
        switch (type)
        {
            case TensorType.Float64: Convert<double>(bytes, result, x => (float)x); break;
            case TensorType.Float32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(result); break;
            case TensorType.Float16: Convert<Half>(bytes, result, x => (float)x); break;
            case TensorType.BFloat16: Convert<ushort>(bytes, result, x => BitConverter.Int32BitsToSingle(x << 16)); break;
            case TensorType.Int64: Convert<long>(bytes, result, x => x); break;
            case TensorType.Int32: Convert<int>(bytes, result, x => x); break;
            case TensorType.Int16: Convert<short>(bytes, result, x => x); break;
            case TensorType.Int8: Convert<sbyte>(bytes, result, x => x); break;
            case TensorType.UInt8: Convert<byte>(bytes, result, x => x); break;
            case TensorType.Bool: Convert<byte>(bytes, result, x => x == 0 ? 0 : 1); break;
            default: throw new UnreachableException();
        }
    }

    /// <returns>Whether <paramref name="type"/> is an integer type or <see cref="TensorType.Bool"/>; if not, nothing is written.</returns>
    public static bool TryToInt64(TensorType type, ReadOnlySpan<byte> bytes, Span<long> result)
    {
        switch (type)
        {
            case TensorType.Int64: MemoryMarshal.Cast<byte, long>(bytes).CopyTo(result); return true;
            case TensorType.Int32: Convert<int, long>(bytes, result, x => x); return true;
            case TensorType.Int16: Convert<short, long>(bytes, result, x => x); return true;
            case TensorType.Int8: Convert<sbyte, long>(bytes, result, x => x); return true;
            case TensorType.UInt8: Convert<byte, long>(bytes, result, x => x); return true;
            case TensorType.Bool: Convert<byte, long>(bytes, result, x => x == 0 ? 0 : 1); return true;
            default: return false;
        }
    }

    private static void Convert<TFrom>(ReadOnlySpan<byte> bytes, Span<float> result, Func<TFrom, float> convert)
        where TFrom : unmanaged => Convert<TFrom, float>(bytes, result, convert);

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> bytes, Span<TTo> result, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(bytes);
        for (var i = 0; i < from.Length; i++)
        {
            result[i] = convert(from[i]);
        }
    }
}
