using Inference;
using TensorMetadata = Inference.ModelMetadataResponse.Types.TensorMetadata;

namespace Cdam.Explainer.Inference;

/// <summary>Says in the words of Triton's model configuration what the protocol's metadata say.</summary>
internal static class InferenceConfiguration
{
    private const string Float = "FP32";

    public static ModelConfig Of(ModelMetadataResponse metadata) => new()
    {
        Name = metadata.Name,
        Platform = metadata.Platform,
        Backend = metadata.Platform,
        MaxBatchSize = InferenceImages.Most,
        Input = { metadata.Inputs.Select(Input) },
        Output = { metadata.Outputs.Select(output => new ModelOutput { Name = output.Name, DataType = Type(output), Dims = { OfOne(output) } }) },
    };

    private static ModelInput Input(TensorMetadata input) => new()
    {
        Name = input.Name,
        DataType = Type(input),
        Format = input.Datatype == Float ? ModelInput.Types.Format.Nchw : ModelInput.Types.Format.None,
        Dims = { OfOne(input) },
    };

    /// <summary>The shape without the batch, which a configuration with a largest batch leaves out.</summary>
    private static IEnumerable<long> OfOne(TensorMetadata tensor) => tensor.Shape.Skip(1);

    private static DataType Type(TensorMetadata tensor) => tensor.Datatype switch
    {
        Float => DataType.TypeFp32,
        "INT16" => DataType.TypeInt16,
        var other => throw new NotSupportedException($"{tensor.Name} is of {other}, for which no type is stated"),
    };
}
