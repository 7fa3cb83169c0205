using System.Security.Cryptography;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Concepts;

public sealed class ConceptServiceTests
{
    private static CancellationToken Patience => ConceptFixture.Patience;

    [Theory]
    [InlineData(ConceptFixture.Sqlite)]
    [InlineData(ConceptFixture.Postgres)]
    public async Task Create_OfStreamedImages_KeepsMeanHashesAndSimilarity(string kind)
    {
        await using var system = await ConceptFixture.StartAsync(kind);
        var setup = ConceptFixture.Setup();
        setup.DisplayName = "Stripes";
        setup.Description = "of\nany colour";
        setup.Similarity = Similarity.Cosine;

        var made = await system.CreateAsync(setup);

        Assert.Equal([2, 2, 2, 2], made.Vector); // (10 + 0 − 4) / 3 and so on
        Assert.Equal(("concepts/striped", "Stripes", "of\nany colour", LatentExplainer.Model), (made.Name, made.DisplayName, made.Description, made.Model));
        Assert.Equal((Similarity.Cosine, 3), (made.Similarity, made.ImageCount));
        Assert.Equal([LatentExplainer.Checkpoint], made.CheckpointSha256);
        Assert.Equal(ConceptFixture.Images.Select(image => Convert.ToHexStringLower(SHA256.HashData(image.Encoded.Span))), made.Images.Select(image => image.Sha256));

        // By hand: (10 + 3) / (√109 √4), twice, and (−4 − 4 + 6) / (√68 √4); float32 keeps seven digits.
        double[] cosines = [13 / Math.Sqrt(109 * 4), 13 / Math.Sqrt(109 * 4), -2 / Math.Sqrt(68 * 4)];
        Assert.All(cosines.Zip(made.Images), pair => Assert.Equal(pair.First, pair.Second.Cosine, 1e-6));
        Assert.Equal(cosines.Min(), made.SelfSimilarity.Min, 1e-12); // float64
        Assert.Equal(cosines.Average(), made.SelfSimilarity.Mean, 1e-12);
        Assert.Equal([0, 1, 2], made.SelfSimilarity.Nearest);
        Assert.Equal([2, 0, 1], made.SelfSimilarity.Farthest);
        Assert.Equal(made, await system.GetAsync("striped"));

        await system.RestartAsync();
        Assert.Equal(made, await system.GetAsync("striped"));
    }

    [Fact]
    public async Task Create_InChunksOrInOneMessage_MakesTheSame()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        var whole = await system.CreateAsync(ConceptFixture.Setup("whole"));

        var chunks = ConceptFixture.Images.SelectMany(image => image.Encoded.Select(
            (_, at) => new CreateConceptRequest { Chunk = new ImageChunk { Data = Google.Protobuf.ByteString.CopyFrom(image.Encoded[at]), Last = at == image.Encoded.Length - 1 } }));
        var chunked = (await system.SendAsync([new CreateConceptRequest { Setup = ConceptFixture.Setup("chunked") }, .. chunks])).Concept;
        var request = new CreateConceptFromImagesRequest { Setup = ConceptFixture.Setup("unary"), Images = { ConceptFixture.Images } };
        var unary = (await system.Client.CreateConceptFromImagesAsync(request, cancellationToken: Patience)).Concept;

        Assert.Equal((whole.Vector, whole.Images), (chunked.Vector, chunked.Images));
        Assert.Equal((whole.Vector, whole.Images), (unary.Vector, unary.Images));
        Assert.Equal(("unary", Similarity.DotProduct), (unary.DisplayName, unary.Similarity));
    }

    [Theory]
    [InlineData(ConceptFixture.Sqlite)]
    [InlineData(ConceptFixture.Postgres)]
    public async Task List_PageByPage_HasEveryConceptOfTheModelOnceByName(string kind)
    {
        await using var system = await ConceptFixture.StartAsync(kind);

        // Names that languages order in other ways than their characters do.
        string[] ids = ["a", "a-b", "a.b", "a_b", "ab", "b", "1"];
        foreach (var id in ids.Reverse())
        {
            await system.CreateAsync(ConceptFixture.Setup(id));
        }

        var found = new List<StoredConcept>();
        var request = new ListConceptsRequest { PageSize = 3, Model = LatentExplainer.Model };
        var sizes = new List<int>();
        do
        {
            var page = await system.Client.ListConceptsAsync(request, cancellationToken: Patience);
            found.AddRange(page.Concepts);
            sizes.Add(page.Concepts.Count);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(ids.Order(StringComparer.Ordinal).Select(id => $"concepts/{id}"), found.Select(concept => concept.Name));
        Assert.All(found, concept => Assert.Equal((0, 0, 3), (concept.Vector.Count, concept.Images.Count, concept.ImageCount)));
        Assert.Empty((await system.Client.ListConceptsAsync(new ListConceptsRequest { Model = "models/other" }, cancellationToken: Patience)).Concepts);
        Assert.Equal(7, (await system.Client.ListConceptsAsync(new ListConceptsRequest(), cancellationToken: Patience)).Concepts.Count);
    }

    [Theory]
    [InlineData(ConceptFixture.Sqlite)]
    [InlineData(ConceptFixture.Postgres)]
    public async Task Create_TheSameRequestAgain_GivesWhatTheFirstMade(string kind)
    {
        await using var system = await ConceptFixture.StartAsync(kind);
        var setup = ConceptFixture.Setup();
        setup.RequestId = "0190b7a0-0000-7000-8000-000000000001";

        // At the same time: one makes it, and the others get it.
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => system.CreateAsync(setup)));
        Assert.Single(made.Distinct());
        var embedded = system.Explainer.Embedded;
        Assert.Equal(made[0], await system.CreateAsync(setup, ConceptFixture.Image(1, 1, 1, 1)));
        Assert.Equal(embedded, system.Explainer.Embedded);

        var other = setup.Clone();
        other.Description = "another";
        var fault = await Assert.ThrowsAsync<RpcException>(() => system.CreateAsync(other));
        Assert.Equal(StatusCode.AlreadyExists, fault.StatusCode);

        await system.DeleteAsync("striped");
        Assert.NotEqual(made[0].Uid, (await system.CreateAsync(setup)).Uid);
    }

    [Theory]
    [InlineData(ConceptFixture.Sqlite)]
    [InlineData(ConceptFixture.Postgres)]
    public async Task TwoGateways_OnOneStore_SeeTheSameConcepts(string kind)
    {
        await using var system = await ConceptFixture.StartAsync(kind);
        await using var other = await system.AnotherGatewayAsync();
        var there = new ConceptService.ConceptServiceClient(other.Channel);

        // Both open the store for the first time, at once, and want the same name.
        var request = new CreateConceptFromImagesRequest { Setup = ConceptFixture.Setup(), Images = { ConceptFixture.Images } };
        var calls = new[] { system.Client, there }.Select(client => client.CreateConceptFromImagesAsync(request, cancellationToken: Patience).ResponseAsync).ToList();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        var lost = Assert.IsType<RpcException>(Assert.Single(calls, call => call.IsFaulted).Exception!.InnerException);
        Assert.Equal(StatusCode.AlreadyExists, lost.StatusCode);

        var concept = (await Assert.Single(calls, call => !call.IsFaulted)).Concept;
        Assert.Equal(concept, (await there.GetConceptAsync(new GetConceptRequest { Name = "concepts/striped" }, cancellationToken: Patience)).Concept);
        await there.DeleteConceptAsync(new DeleteConceptRequest { Name = "concepts/striped" }, cancellationToken: Patience);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => system.GetAsync("striped"))).StatusCode);
    }
}
