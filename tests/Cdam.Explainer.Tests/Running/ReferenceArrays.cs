using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Verification;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Explainer.Tests.Running;

/// <summary>The picture and the expected arrays of the dino-linear reference.</summary>
internal static class ReferenceArrays
{
    /// <summary>float32 itself is up to 4e-6 of the largest value from float64 here; another order of summation doubles that.</summary>
    public const double Tolerance = 1e-5;

    public static Picture Picture { get; } = new() { Width = 64, Height = 64, Rgb = ByteString.CopyFrom(Bytes("image")) };

    public static Picture Blurred { get; } = new() { Width = 64, Height = 64, Rgb = ByteString.CopyFrom(Bytes("blurred")) };

    public static float[] Floats(string name)
    {
        using var expected = Open();
        return expected.Tensors[name].ReadFloat32();
    }

    public static byte[] Bytes(string name)
    {
        using var expected = Open();
        return expected.Tensors[name].ReadBytes();
    }

    public static void AssertClose(string name, IEnumerable<float> actual) => AssertClose(Floats(name), actual, name);

    public static void AssertClose(IEnumerable<float> expected, IEnumerable<float> actual, string name = "array")
    {
        var error = ArrayError.Of(name, actual.ToArray(), expected.ToArray(), Tolerance);
        Assert.True(error.Passed, error.ToString());
    }

    private static Checkpoint Open() => Checkpoint.Open(ModelFolderWriter.ReferencePath("dino-linear", "expected.safetensors"));
}
