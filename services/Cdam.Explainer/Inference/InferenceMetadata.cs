using System.Globalization;
using System.Reflection;
using Cdam.Attribution.Methods;
using Cdam.Explainer.Models;
using Cdam.Explainer.Wire;
using Inference;
using TensorMetadata = Inference.ModelMetadataResponse.Types.TensorMetadata;

namespace Cdam.Explainer.Inference;

/// <summary>What the protocol tells about server and models.</summary>
internal static class InferenceMetadata
{
    private const long Any = -1;
    private const int CropSide = 32;

    public static ServerMetadataResponse Server() => new()
    {
        Name = "cdam-explainer",
        Version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
        Extensions = { "cdam_explain", "model_repository", "model_configuration" },
    };

    /// <param name="model">The model.</param>
    /// <param name="name">As the client calls it.</param>
    public static ModelMetadataResponse Model(ServedModel model, string name)
    {
        var facts = ModelWriter.Write(model);
        var response = new ModelMetadataResponse { Name = name, Versions = { "1" }, Platform = "cdam_torchsharp" };
        response.Inputs.Add(facts.VolumeInput is null
            ? Tensor("image", "FP32", Any, 3, Extent(facts.InputHeight), Extent(facts.InputWidth))
            : Tensor("crop", "INT16", Any, CropSide, CropSide, CropSide));
        if (facts.Outputs.Count > 0)
        {
            response.Outputs.Add(Tensor(InferenceOutputs.Logits, "FP32", Any, facts.Outputs.Count));
        }

        response.Outputs.Add(Tensor(InferenceOutputs.Latent, "FP32", Any, facts.EmbeddingDim));
        response.Properties.Add("kind", facts.Kind.ToString().ToUpperInvariant());
        response.Properties.Add("patch_size", facts.PatchSize.ToString(CultureInfo.InvariantCulture));
        response.Properties.Add("output_names", string.Join("; ", facts.Outputs.Select(output => output.Names[0])));
        response.Properties.Add("concepts", string.Join(", ", facts.Concepts.Select(concept => concept.Id)));
        response.Properties.Add("map_outputs", string.Join(", ", MethodCatalog.All.Select(method => InferenceOutputs.MapPrefix + method.Name)));
        response.Properties.Add("other_inputs", facts.VolumeInput is null ? "image UINT8 [B, H, W, 3]; image BYTES [B]" : "");
        return response;
    }

    /// <summary>0 where any will do.</summary>
    private static long Extent(int side) => side == 0 ? Any : side;

    private static TensorMetadata Tensor(string name, string type, params long[] shape) => new() { Name = name, Datatype = type, Shape = { shape } };
}
