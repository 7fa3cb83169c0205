using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Image = Cdam.V1.Image;

namespace Cdam.Gateway.Tests.Concepts;

public sealed class ConceptFaultTests
{
    private const string Limit = "--Gateway:Concepts:MaxImageBytes=1024";

    private static CancellationToken Patience => ConceptFixture.Patience;

    public static TheoryData<string, string, Action<ConceptSetup>> Setups => new()
    {
        { "setup.concept_id", "is ''", setup => setup.ConceptId = "" },
        { "setup.concept_id", "is 'Striped'", setup => setup.ConceptId = "Striped" },
        { "setup.concept_id", "is '../x'", setup => setup.ConceptId = "../x" },
        { "setup.concept_id", "1 to 63", setup => setup.ConceptId = new string('a', 64) },
        { "setup.concept_id", "is 'a\n'", setup => setup.ConceptId = "a\n" },
        { "setup.display_name", "has 129 characters", setup => setup.DisplayName = new string('n', 129) },
        { "setup.display_name", "control", setup => setup.DisplayName = "a\u0007" },
        { "setup.description", "has 2001 characters", setup => setup.Description = new string('d', 2001) },
        { "setup.model", "is ''", setup => setup.Model = "" },
        { "setup.model", "is 'latents'", setup => setup.Model = "latents" },
        { "setup.similarity", "is 9", setup => setup.Similarity = (Similarity)9 },
        { "setup.request_id", "no UUID", setup => setup.RequestId = "again" },
    };

    public static TheoryData<string, string, CreateConceptRequest[]> Messages => new()
    {
        { "setup", "absent", [] },
        { "setup", "absent", [Whole(1)] },
        { "setup", "given again", [First, Whole(1), First] },
        { "message", "is not set", [First, new CreateConceptRequest()] },
        { "chunk.data", "is empty, in image 1", [First, Whole(1), Chunk(0, false)] },
        { "chunk.last", "2 bytes of image 0", [First, Chunk(2, false)] },
        { "image", "before the last chunk of image 0", [First, Chunk(2, false), Whole(1)] },
        { "images[0].encoded", "has 1200 bytes; at most 1024", [First, Chunk(600, false), Chunk(600, false), Chunk(600, true)] },
        { "images[1].encoded", "has 1025 bytes; at most 1024", [First, Whole(1), Whole(1025)] },
        { "images", "has 0 entries; a concept is made of 2 to 1000", [First] },
        { "images", "has 1 entries", [First, Whole(4)] },
        { "images", "has more than 1000", [First, .. Enumerable.Repeat(Whole(4), 1001)] },
        { "images", "mean is zero", [First, Of(1, 2, 3, 4), Of(255, 254, 253, 252)] },
    };

    private static CreateConceptRequest First => new() { Setup = ConceptFixture.Setup() };

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Create_WithAFaultySetup_NamesTheField(string field, string part, Action<ConceptSetup> change)
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        var setup = ConceptFixture.Setup();
        change(setup);

        var violation = Violations(await FailsAsync(StatusCode.InvalidArgument, () => system.CreateAsync(setup)))[0];

        Assert.Equal(field, violation.Field);
        Assert.Contains(part, violation.Description, StringComparison.Ordinal);
        Assert.Equal(0, system.Explainer.Embedded);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Create_OfFaultyMessages_NamesTheFieldAndKeepsNothing(string field, string part, CreateConceptRequest[] messages)
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite, Limit);

        var violation = Assert.Single(Violations(await FailsAsync(StatusCode.InvalidArgument, () => system.SendAsync(messages))));

        Assert.Equal(field, violation.Field);
        Assert.Contains(part, violation.Description, StringComparison.Ordinal);
        Assert.Empty((await system.Client.ListConceptsAsync(new ListConceptsRequest(), cancellationToken: Patience)).Concepts);
    }

    [Fact]
    public async Task Create_OfImagesThatCannotBeRead_NamesEachOfThem()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);

        var fault = await FailsAsync(StatusCode.InvalidArgument, () => system.SendAsync(
            First, Of(1, 2, 3, 4), Of(LatentExplainer.Broken, 1, 1, 1), Of(5, 6, 7, 8), Of(LatentExplainer.Broken, 2, 2, 2)));

        Assert.Equal(["images[1].encoded", "images[3].encoded"], Violations(fault).Select(violation => violation.Field));
        Assert.All(Violations(fault), violation => Assert.Equal("is no image", violation.Description));
        Assert.Equal("images[1].encoded: is no image (and 1 more images)", fault.Status.Detail);
    }

    [Fact]
    public async Task Create_ForAnUnknownModelOrOneThatIsLost_SaysWhich()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        var unknown = ConceptFixture.Setup();
        unknown.Model = "models/none";
        var fault = await FailsAsync(StatusCode.NotFound, () => system.CreateAsync(unknown));
        Assert.Contains("models/none is in none of the pools explainers", fault.Status.Detail, StringComparison.Ordinal);

        await FailsAsync(StatusCode.Unavailable, () => system.SendAsync(First, Of(1, 2, 3, 4), Of(LatentExplainer.Fatal, 0, 0, 0)));
        await system.LoseExplainerAsync();
        await FailsAsync(StatusCode.Unavailable, () => system.CreateAsync(ConceptFixture.Setup()));
    }

    [Fact]
    public async Task Create_WhereTheExplainerAnswersWrongly_IsInternal()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        system.Explainer.AnsweredDim = 3;

        var fault = await FailsAsync(StatusCode.Internal, () => system.CreateAsync(ConceptFixture.Setup()));

        Assert.Contains("a latent has 3 values", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OfAReadyConceptsIdOrTooMany_IsRefusedBeforeImagesAreRead()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite, "--Gateway:Concepts:MaxConcepts=1");
        await FailsAsync(StatusCode.AlreadyExists, () => system.CreateAsync(ConceptFixture.Setup("ready")));
        await system.CreateAsync(ConceptFixture.Setup());
        var embedded = system.Explainer.Embedded;

        await FailsAsync(StatusCode.AlreadyExists, () => system.CreateAsync(ConceptFixture.Setup()));
        var fault = await FailsAsync(StatusCode.ResourceExhausted, () => system.CreateAsync(ConceptFixture.Setup("second")));

        Assert.Contains("Gateway:Concepts:MaxConcepts", fault.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(embedded, system.Explainer.Embedded);
    }

    [Fact]
    public async Task Messages_AboveTheLimit_AreRefusedByName()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite, "--Gateway:MaxMessageBytes=65536");
        var fault = await FailsAsync(StatusCode.ResourceExhausted, () => system.SendAsync(First, Whole(70_000)));
        Assert.Contains("Gateway:MaxMessageBytes", fault.Status.Detail, StringComparison.Ordinal);

        // Refused before any service is asked.
        var request = new CreateConceptFromImagesRequest { Setup = ConceptFixture.Setup(), Images = { Whole(70_000).Image } };
        fault = await FailsAsync(StatusCode.ResourceExhausted, async () => await system.Client.CreateConceptFromImagesAsync(request, cancellationToken: Patience));
        Assert.Contains("Gateway:MaxMessageBytes", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("concepts/stripes", StatusCode.NotFound, "near are \"striped\"")]
    [InlineData("concepts/zebra-crossing", StatusCode.NotFound, "no concept is kept under the id \"zebra-crossing\"")]
    [InlineData("striped", StatusCode.InvalidArgument, "concepts/{id}")]
    [InlineData("concepts/", StatusCode.InvalidArgument, "1 to 63")]
    public async Task GetOrDelete_OfAnAbsentName_SaysWhatIsNear(string name, StatusCode code, string part)
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        await system.CreateAsync(ConceptFixture.Setup());

        var got = await FailsAsync(code, async () => await system.Client.GetConceptAsync(new GetConceptRequest { Name = name }, cancellationToken: Patience));
        var deleted = await FailsAsync(code, async () => await system.Client.DeleteConceptAsync(new DeleteConceptRequest { Name = name }, cancellationToken: Patience));

        Assert.Contains(part, got.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(part, deleted.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithAFaultyRequest_NamesTheField()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        (string Field, ListConceptsRequest Request)[] faulty =
        [
            ("page_size", new ListConceptsRequest { PageSize = -1 }),
            ("page_token", new ListConceptsRequest { PageToken = "!" }),
            ("page_token", new ListConceptsRequest { PageToken = V1.Paging.PageToken.After("models/a") }),
            ("model", new ListConceptsRequest { Model = "latents" }),
        ];
        foreach (var (field, request) in faulty)
        {
            var fault = await FailsAsync(StatusCode.InvalidArgument, async () => await system.Client.ListConceptsAsync(request, cancellationToken: Patience));
            Assert.Equal(field, Violations(fault)[0].Field);
        }
    }

    [Fact]
    public async Task Calls_WhereTheStoreIsAway_AreUnavailableWithoutItsAddress()
    {
        await using var system = await ConceptFixture.StartAsync("Host=/nowhere;Username=u;Password=secret;Database=d;Timeout=1");

        var fault = await FailsAsync(StatusCode.Unavailable, () => system.GetAsync("striped"));

        Assert.DoesNotContain("nowhere", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_UntilItsDeadline_KeepsNothing()
    {
        await using var system = await ConceptFixture.StartAsync(ConceptFixture.Sqlite);
        using var call = system.Client.CreateConcept(deadline: DateTime.UtcNow + TimeSpan.FromSeconds(1), cancellationToken: Patience);

        // Two images come, but not the end.
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await call.RequestStream.WriteAsync(First, Patience);
            await call.RequestStream.WriteAsync(Of(1, 2, 3, 4), Patience);
            await call.RequestStream.WriteAsync(Of(1, 2, 3, 5), Patience);
            await call;
        });

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        Assert.Empty((await system.Client.ListConceptsAsync(new ListConceptsRequest(), cancellationToken: Patience)).Concepts);
    }

    private static CreateConceptRequest Whole(int bytes) => new() { Image = new Image { Encoded = Ones(bytes) } };

    private static CreateConceptRequest Of(params byte[] latent) => new() { Image = ConceptFixture.Image(latent) };

    private static CreateConceptRequest Chunk(int bytes, bool last) => new() { Chunk = new ImageChunk { Data = Ones(bytes), Last = last } };

    private static ByteString Ones(int count) => ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, count)]);

    /// <summary>Fails with the code, and with details as the contract promises.</summary>
    private static async Task<RpcException> FailsAsync(StatusCode code, Func<Task> call)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(code == fault.StatusCode, fault.ToString());
        Assert.Equal("cdam", fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Domain);
        return fault;
    }

    private static IList<BadRequest.Types.FieldViolation> Violations(RpcException fault) => fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations;
}
