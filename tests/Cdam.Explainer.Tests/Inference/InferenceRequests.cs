using System.Runtime.InteropServices;
using Cdam.Explainer.Tests.Running;
using Google.Protobuf;
using Inference;

namespace Cdam.Explainer.Tests.Inference;

/// <summary>Requests of the Open Inference Protocol, and what their answers hold.</summary>
internal static class InferenceRequests
{
    /// <summary>The reference picture as pixels, in raw contents.</summary>
    public static ModelInferRequest Pixels(int count = 1)
    {
        var picture = ReferenceArrays.Picture;
        var request = Request("UINT8", count, picture.Height, picture.Width, 3);
        request.RawInputContents.Add(ByteString.CopyFrom([.. Enumerable.Repeat(picture.Rgb, count).SelectMany(rgb => rgb)]));
        return request;
    }

    /// <summary>The reference input, in typed contents.</summary>
    public static ModelInferRequest Normalized()
    {
        var request = Request("FP32", 1, 3, ReferenceArrays.Picture.Height, ReferenceArrays.Picture.Width);
        request.Inputs[0].Contents = new InferTensorContents { Fp32Contents = { ReferenceArrays.Floats("input") } };
        return request;
    }

    public static ModelInferRequest Request(string type, params long[] shape) => new()
    {
        ModelName = "dino",
        Id = "r-7",
        Inputs = { new ModelInferRequest.Types.InferInputTensor { Name = "image", Datatype = type, Shape = { shape } } },
    };

    public static ModelInferRequest With(this ModelInferRequest request, string parameter, string value)
    {
        request.Parameters[parameter] = new InferParameter { StringParam = value };
        return request;
    }

    public static ModelInferRequest Asking(this ModelInferRequest request, string output, params (string Name, InferParameter Value)[] parameters)
    {
        var wanted = new ModelInferRequest.Types.InferRequestedOutputTensor { Name = output };
        foreach (var (name, value) in parameters)
        {
            wanted.Parameters[name] = value;
        }

        request.Outputs.Add(wanted);
        return request;
    }

    /// <summary>An output's values, wherever they are, and that their number is the shape's.</summary>
    public static float[] Floats(this ModelInferResponse response, string name)
    {
        var index = response.Outputs.Select(output => output.Name).ToList().IndexOf(name);
        Assert.True(index >= 0, $"no {name} in {response}");
        var output = response.Outputs[index];
        float[] values = response.RawOutputContents.Count > 0
            ? MemoryMarshal.Cast<byte, float>(response.RawOutputContents[index].Span).ToArray()
            : [.. output.Contents.Fp32Contents];
        Assert.Equal("FP32", output.Datatype);
        Assert.Equal(output.Shape.Aggregate(1L, (product, extent) => product * extent), values.Length);
        return values;
    }

    public static string ShapeOf(this ModelInferResponse response, string name) =>
        string.Join("×", response.Outputs.Single(output => output.Name == name).Shape);
}
