using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>An output before it is brought to the wire.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Shape">Its extents, outermost first.</param>
/// <param name="Values">Row-major: floats (FP32), longs (INT64) or texts (BYTES).</param>
internal sealed record InferenceTensor(string Name, IReadOnlyList<long> Shape, Array Values)
{
    /// <summary>Adds it to an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="raw">Whether as bytes in raw_output_contents, or as contents.</param>
    public void AddTo(ModelInferResponse response, bool raw)
    {
        var output = new ModelInferResponse.Types.InferOutputTensor { Name = Name, Datatype = DataType, Shape = { Shape } };
        response.Outputs.Add(output);
        if (raw)
        {
            response.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(Raw()));
        }
        else
        {
            output.Contents = Contents();
        }
    }

    private string DataType => Values switch
    {
        float[] => "FP32",
        long[] => "INT64",
        _ => "BYTES",
    };

    private byte[] Raw() => Values switch
    {
        float[] floats => MemoryMarshal.AsBytes(floats).ToArray(),
        long[] longs => MemoryMarshal.AsBytes(longs).ToArray(),
        _ => [.. ((string[])Values).SelectMany(Framed)],
    };

    private InferTensorContents Contents() => Values switch
    {
        float[] floats => new InferTensorContents { Fp32Contents = { floats } },
        long[] longs => new InferTensorContents { Int64Contents = { longs } },
        _ => new InferTensorContents { BytesContents = { ((string[])Values).Select(ByteString.CopyFromUtf8) } },
    };

    /// <summary>Its length in 4 bytes, and the text.</summary>
    private static byte[] Framed(string text)
    {
        var framed = new byte[sizeof(uint) + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt32LittleEndian(framed, (uint)(framed.Length - sizeof(uint)));
        Encoding.UTF8.GetBytes(text, framed.AsSpan(sizeof(uint)));
        return framed;
    }
}
