using Cdam.V1;
using Grpc.Core;

namespace Cdam.Gateway.Catalogue;

/// <summary>Reads an explainer's list of models to its end.</summary>
internal static class ModelListing
{
    // A model with a thousand outputs and their names weighs about 50 KB, and a message may weigh 4 MiB.
    private const int PageSize = 20;

    // Against a destination whose pages never end.
    private const int MostPages = 500;

    /// <exception cref="RpcException">It cannot be read, or has more than ten thousand models.</exception>
    internal static async Task<IReadOnlyList<Model>> ReadAsync(
        ExplainerService.ExplainerServiceClient client, CancellationToken cancellation)
    {
        var models = new List<Model>();
        var request = new ListModelsRequest { PageSize = PageSize };
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.ListModelsAsync(request, cancellationToken: cancellation);
            models.AddRange(answer.Models);
            if (answer.NextPageToken.Length == 0)
            {
                return models;
            }

            request.PageToken = answer.NextPageToken;
        }

        throw new RpcException(new Status(StatusCode.OutOfRange, $"the list of models goes on after {MostPages * PageSize}"));
    }
}
