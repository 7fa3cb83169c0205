using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Explainer.Tests.Running;

/// <summary>Requests that tests vary.</summary>
internal static class Requests
{
    public const string Dino = "models/dino";
    public const string Concept = "models/dino-concept";
    public const string Wide = "models/wide";

    public static Image ReferenceImage => new() { Picture = ReferenceArrays.Picture };

    public static ExplainRequest Explain(string model = Dino) => new() { Model = model, Image = ReferenceImage };

    /// <summary>Different for every seed.</summary>
    public static Picture RandomPicture(int seed, int width = 64, int height = 64)
    {
        var rgb = new byte[width * height * 3];
        new Random(seed).NextBytes(rgb);
        return new Picture { Width = width, Height = height, Rgb = ByteString.CopyFrom(rgb) };
    }

    public static Tensor FloatTensor(IReadOnlyList<float> values, params long[] shape) => new()
    {
        DataType = TensorDataType.Float32,
        Shape = { shape },
        Data = ByteString.CopyFrom([.. values.SelectMany(BitConverter.GetBytes)]),
    };

    public static Concept ReferenceConcept(Similarity similarity = Similarity.Unspecified) =>
        new() { DisplayName = "stripes", Vector = { ReferenceArrays.Floats("concept_vector") }, Similarity = similarity };
}
