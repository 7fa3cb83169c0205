using Cdam.Gateway.Concepts.Latents;
using Cdam.Gateway.Concepts.Store;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts;

/// <summary>Makes a concept: what can be refused without its images is refused before they are read.</summary>
internal sealed class ConceptCreation(ConceptStore store, ModelConnections models, IOptions<ConceptOptions> options, TimeProvider clock)
{
    /// <param name="asked">As sent; null for none.</param>
    /// <param name="images">Not read yet.</param>
    /// <param name="call">Whose deadline and cancellation hold.</param>
    /// <exception cref="RpcException">It cannot be made.</exception>
    internal async Task<StoredConcept> CreateAsync(ConceptSetup? asked, IAsyncEnumerable<Image> images, ServerCallContext call)
    {
        var cancellation = call.CancellationToken;
        var setup = SetupCheck.Check(asked);
        if (await BeforeAsync(setup, cancellation) is { } before)
        {
            return before;
        }

        await RequireRoomAsync(cancellation);
        using var model = await models.OpenAsync(setup.Model, cancellation);
        RequireOther(model.Model, setup.ConceptId);
        var embeddings = await new EmbedExchange(model, options.Value.MaxImageBytes).RunAsync(images, call.Deadline, cancellation);
        var row = ConceptMessage.Compose(setup, model.Model, embeddings, clock.GetUtcNow());
        if (await store.TryAddAsync(row, cancellation))
        {
            return ConceptMessage.Read(row);
        }

        // Another call was faster, perhaps a twin of this one. Where its concept was deleted since, this answer is as good as any.
        return await BeforeAsync(setup, cancellation) ?? throw Taken(setup.ConceptId);
    }

    /// <summary>What the same request has made before.</summary>
    private async Task<StoredConcept?> BeforeAsync(ConceptSetup setup, CancellationToken cancellation)
    {
        var ofRequest = setup.RequestId.Length > 0 ? await store.FindRequestAsync(setup.RequestId, cancellation) : null;
        if ((ofRequest ?? await store.FindAsync(setup.ConceptId, cancellation)) is not { } row)
        {
            return null;
        }

        // Found by the id alone it may still be this request's: a twin can have made it between the two questions.
        if (setup.RequestId.Length == 0 || row.RequestId != setup.RequestId)
        {
            throw Taken(setup.ConceptId);
        }

        return row.RequestHash.AsSpan().SequenceEqual(ConceptMessage.HashOf(setup))
            ? ConceptMessage.Read(row)
            : throw WireStatus.AlreadyExists(
                "concept", ConceptName.Of(row.Id), $"Request '{setup.RequestId}' made this concept with another setup.").ToRpcException();
    }

    private async Task RequireRoomAsync(CancellationToken cancellation)
    {
        if (await store.CountAsync(cancellation) is var count && count >= options.Value.MaxConcepts)
        {
            throw WireStatus.ResourceExhausted(
                $"{ConceptOptions.Section}:{nameof(ConceptOptions.MaxConcepts)}",
                $"{count} concepts are kept; at most {options.Value.MaxConcepts} are (Gateway:Concepts:MaxConcepts): delete some", null, "TOO_MANY_CONCEPTS").ToRpcException();
        }
    }

    /// <summary>A target of that id would always mean the one that came with the model.</summary>
    private static void RequireOther(Model model, string id)
    {
        if (model.Concepts.Any(ready => ready.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
        {
            throw WireStatus.AlreadyExists("concept", ConceptName.Of(id), $"{model.Name} comes with a concept '{id}'; choose another id.").ToRpcException();
        }
    }

    private static RpcException Taken(string id) => WireStatus.AlreadyExists(
        "concept", ConceptName.Of(id), $"There is a concept '{id}' already; choose another id, or delete it first.").ToRpcException();
}
