using System.Security.Cryptography;
using Cdam.Gateway.Concepts.Latents;
using Cdam.Gateway.Concepts.Store;
using Cdam.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Cdam.Gateway.Concepts;

/// <summary>Concepts between the wire and the store.</summary>
internal static class ConceptMessage
{
    /// <summary>By which a repeated request is known to ask for the same.</summary>
    internal static byte[] HashOf(ConceptSetup setup) => SHA256.HashData(setup.ToByteArray());

    /// <param name="setup">A checked one.</param>
    /// <param name="model">That made the latents.</param>
    /// <param name="embeddings">Of each image, in order.</param>
    /// <param name="now">UTC.</param>
    internal static ConceptRow Compose(ConceptSetup setup, Model model, IReadOnlyList<Embedding> embeddings, DateTimeOffset now)
    {
        var mean = MeanLatent.Of([.. embeddings.Select(embedding => embedding.Latent)]);
        var summary = new StoredConcept
        {
            Name = ConceptName.Of(setup.ConceptId),
            Uid = Guid.CreateVersion7(now).ToString(),
            DisplayName = setup.DisplayName,
            Description = setup.Description,
            Model = setup.Model,
            Similarity = setup.Similarity,
            CheckpointSha256 = { model.CheckpointSha256 },
            CreateTime = now.ToTimestamp(),
            SelfSimilarity = mean.Similarity(),
            ImageCount = embeddings.Count,
        };
        var images = embeddings.Zip(mean.Cosines, (embedding, cosine) => new ConceptImage { Sha256 = embedding.ImageSha256, Cosine = (float)cosine });
        return new ConceptRow
        {
            Id = setup.ConceptId,
            Model = setup.Model,
            RequestId = setup.RequestId.Length > 0 ? setup.RequestId : null,
            RequestHash = HashOf(setup),
            Summary = summary.ToByteArray(),
            Details = new StoredConcept { Images = { images }, Vector = { mean.Vector } }.ToByteArray(),
        };
    }

    internal static StoredConcept Read(ConceptRow row)
    {
        var concept = StoredConcept.Parser.ParseFrom(row.Summary);
        concept.MergeFrom(row.Details);
        return concept;
    }
}
