using Cdam.Attribution.Models;
using Cdam.Gateway.Concepts.Latents;
using Cdam.Gateway.Concepts.Store;
using Cdam.V1;
using Cdam.V1.Errors;
using Cdam.V1.Paging;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts;

/// <summary>cdam.v1.ConceptService. <see cref="ConceptFaults"/> makes statuses of what is not one yet.</summary>
internal sealed class ConceptGrpcService(ConceptStore store, ConceptCreation creation, IOptions<ConceptOptions> options)
    : ConceptService.ConceptServiceBase
{
    private const int UsualPage = 100;
    private const int LargestPage = 1000;

    public override async Task<CreateConceptResponse> CreateConcept(IAsyncStreamReader<CreateConceptRequest> requestStream, ServerCallContext context)
    {
        var sent = new SentImages(requestStream, options.Value.MaxImageBytes);
        var setup = await sent.SetupAsync(context.CancellationToken);
        return new CreateConceptResponse { Concept = await creation.CreateAsync(setup, sent.ReadAsync(context.CancellationToken), context) };
    }

    public override async Task<CreateConceptFromImagesResponse> CreateConceptFromImages(
        CreateConceptFromImagesRequest request, ServerCallContext context) =>
        new() { Concept = await creation.CreateAsync(request.Setup, request.Images.ToAsyncEnumerable(), context) };

    public override async Task<GetConceptResponse> GetConcept(GetConceptRequest request, ServerCallContext context)
    {
        var id = ConceptName.IdOf(request.Name, "name");
        return await store.FindAsync(id, context.CancellationToken) is { } row
            ? new GetConceptResponse { Concept = ConceptMessage.Read(row) }
            : throw await UnknownAsync(id, context.CancellationToken);
    }

    public override async Task<ListConceptsResponse> ListConcepts(ListConceptsRequest request, ServerCallContext context)
    {
        if (request.PageSize < 0)
        {
            throw WireStatus.InvalidArgument("page_size", $"is {request.PageSize}; must be 0 (the default, {UsualPage}) or more").ToRpcException();
        }

        if (request.Model.Length > 0)
        {
            SetupCheck.CheckModel(request.Model, "model");
        }

        var last = PageToken.Last(request.PageToken, ConceptName.Collection)
            ?? throw WireStatus.InvalidArgument("page_token", PageToken.Fault).ToRpcException();
        var after = last.Length > 0 ? last[ConceptName.Collection.Length..] : "";
        var most = request.PageSize == 0 ? UsualPage : Math.Min(request.PageSize, LargestPage);
        var rest = await store.ListAsync(request.Model, after, most + 1, context.CancellationToken);
        var page = rest.Take(most).Select(StoredConcept.Parser.ParseFrom).ToList();
        return new ListConceptsResponse { Concepts = { page }, NextPageToken = rest.Count > most ? PageToken.After(page[^1].Name) : "" };
    }

    public override async Task<DeleteConceptResponse> DeleteConcept(DeleteConceptRequest request, ServerCallContext context)
    {
        var id = ConceptName.IdOf(request.Name, "name");
        return await store.DeleteAsync(id, context.CancellationToken)
            ? new DeleteConceptResponse()
            : throw await UnknownAsync(id, context.CancellationToken);
    }

    private async Task<RpcException> UnknownAsync(string id, CancellationToken cancellation)
    {
        var near = NearNames.Suggest(id, await store.IdsAsync(cancellation));
        return WireStatus.NotFound("concept", ConceptName.Of(id), $"no concept is kept under the id \"{id}\"{near}").ToRpcException();
    }
}
