using System.Runtime.InteropServices;
using Cdam.Attribution.Explanations;
using Google.Protobuf;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>A request's one input, its elements as little-endian bytes whichever way they were sent.</summary>
/// <param name="Name">As sent.</param>
/// <param name="DataType">The protocol's name of the type.</param>
/// <param name="Shape">B and the extents of one image.</param>
/// <param name="Data">All elements; empty for BYTES.</param>
/// <param name="Files">The elements of BYTES; empty for all others.</param>
internal sealed record InferenceInput(string Name, string DataType, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data, IReadOnlyList<ByteString> Files)
{
    /// <summary>The path of the input in the request.</summary>
    public const string Field = "inputs[0]";

    private const string Bytes = "BYTES";

    /// <exception cref="AttributionException">There is not one input, or its data do not fit its type and shape.</exception>
    public static InferenceInput Read(ModelInferRequest request)
    {
        if (request.Inputs.Count != 1)
        {
            throw new AttributionException("inputs", $"has {request.Inputs.Count} entries; must have one: image or crop");
        }

        var tensor = request.Inputs[0];
        var raw = request.RawInputContents;
        if (raw.Count > 1 || (raw.Count == 1 && tensor.Contents is not null))
        {
            throw new AttributionException("raw_input_contents", $"has {raw.Count} entries for one input{(tensor.Contents is null ? "" : ", which has contents, too")}; must have one, or none where contents are given");
        }

        return tensor.Datatype == Bytes
            ? new(tensor.Name, Bytes, tensor.Shape, default, raw.Count == 1 ? Split(raw[0]) : tensor.Contents?.BytesContents ?? [])
            : new(tensor.Name, tensor.Datatype, tensor.Shape, raw.Count == 1 ? raw[0].Memory : Typed(tensor), []);
    }

    private static byte[] Typed(ModelInferRequest.Types.InferInputTensor tensor) => (tensor.Datatype, tensor.Contents) switch
    {
        (_, null) => throw new AttributionException($"{Field}.contents", "is absent, and so is raw_input_contents; one must be given"),
        ("FP32", var contents) => MemoryMarshal.AsBytes([.. contents.Fp32Contents]).ToArray(),
        ("UINT8", var contents) => [.. contents.UintContents.Select((value, index) => Narrow<byte>(value, index, "uint_contents"))],
        ("INT16", var contents) => MemoryMarshal.AsBytes([.. contents.IntContents.Select((value, index) => Narrow<short>(value, index, "int_contents"))]).ToArray(),
        _ => throw new AttributionException($"{Field}.datatype", $"is \"{tensor.Datatype}\"; must be FP32, UINT8, BYTES or INT16"),
    };

    private static T Narrow<T>(long value, int index, string contents)
        where T : struct, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
        value >= long.CreateChecked(T.MinValue) && value <= long.CreateChecked(T.MaxValue)
            ? T.CreateChecked(value)
            : throw new AttributionException($"{Field}.contents.{contents}", $"value {index} is {value}; must be {T.MinValue} to {T.MaxValue}");

    /// <summary>Elements, each behind its length in 4 bytes.</summary>
    private static List<ByteString> Split(ByteString raw)
    {
        var elements = new List<ByteString>();
        for (var rest = raw.Memory; rest.Length > 0;)
        {
            var length = rest.Length >= sizeof(uint) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(rest.Span) : uint.MaxValue;
            if (length > rest.Length - sizeof(uint))
            {
                throw new AttributionException("raw_input_contents[0]", $"ends within element {elements.Count}; each must be its length in 4 bytes, little-endian, and itself");
            }

            elements.Add(UnsafeByteOperations.UnsafeWrap(rest.Slice(sizeof(uint), (int)length)));
            rest = rest[(sizeof(uint) + (int)length)..];
        }

        return elements;
    }
}
