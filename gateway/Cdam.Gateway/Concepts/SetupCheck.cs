using Cdam.Gateway.Concepts.Store;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Concepts;

/// <summary>Refuses setups that no concept can be made of, whatever the model and the images are.</summary>
internal static class SetupCheck
{
    private const string Models = "models/";
    private const int LongestName = 128;
    private const int LongestDescription = 2000;

    /// <returns>What was given, defaults filled in, and the request's id as 32 digits.</returns>
    /// <exception cref="RpcException">INVALID_ARGUMENT with the first field at fault.</exception>
    internal static ConceptSetup Check(ConceptSetup? asked)
    {
        if (asked is null)
        {
            throw Fault("setup", "is absent; must be given, and first");
        }

        var setup = asked.Clone();
        ConceptName.RequireId(setup.ConceptId, "setup.concept_id");
        CheckText(setup.DisplayName, LongestName, "setup.display_name");
        CheckText(setup.Description, LongestDescription, "setup.description");
        CheckModel(setup.Model, "setup.model");
        if (!Enum.IsDefined(setup.Similarity))
        {
            throw Fault("setup.similarity", $"is {(int)setup.Similarity}; must be SIMILARITY_DOT_PRODUCT, _COSINE or _NEGATIVE_L2");
        }

        setup.DisplayName = setup.DisplayName.Length > 0 ? setup.DisplayName : setup.ConceptId;
        setup.Similarity = setup.Similarity == Similarity.Unspecified ? Similarity.DotProduct : setup.Similarity;
        setup.RequestId = setup.RequestId.Length == 0 ? ""
            : Guid.TryParse(setup.RequestId, out var id) ? id.ToString("N")
            : throw Fault("setup.request_id", "is no UUID; must be one, or empty");
        return setup;
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT: it is no model's name.</exception>
    internal static void CheckModel(string model, string field)
    {
        if (!model.StartsWith(Models, StringComparison.Ordinal) || model.Length == Models.Length || model.Length > ConceptContext.ModelLength)
        {
            throw Fault(field, $"is '{model[..Math.Min(model.Length, 80)]}'; must be a model's name, models/{{id}}");
        }
    }

    private static void CheckText(string text, int most, string field)
    {
        if (text.Length > most)
        {
            throw Fault(field, $"has {text.Length} characters; at most {most} are accepted");
        }

        if (text.Any(character => char.IsControl(character) && character != '\n'))
        {
            throw Fault(field, "has control characters; must not");
        }
    }

    private static RpcException Fault(string field, string description) => WireStatus.InvalidArgument(field, description).ToRpcException();
}
