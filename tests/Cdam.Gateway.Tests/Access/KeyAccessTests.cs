using System.Net.Sockets;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using static Cdam.Gateway.Tests.Access.KeyGateway;

namespace Cdam.Gateway.Tests.Access;

public sealed class KeyAccessTests
{
    private static readonly string Explainer = Key("somebody", "explain").Key;

    public static TheoryData<string, string, Func<string, Metadata>> Refused => new()
    {
        { "nothing", "NO_CREDENTIAL", _ => [] },
        { "another secret", "KEY_INVALID", key => With(key[..^1] + (key[^1] == 'A' ? 'B' : 'A')) },
        { "an unknown id", "KEY_INVALID", _ => With(Explainer) },
        { "the id alone", "KEY_INVALID", _ => With("cdam_ci_") },
        { "no key at all", "KEY_INVALID", _ => With("secret") },
        { "an empty key", "KEY_INVALID", _ => With("") },
        { "another scheme", "UNKNOWN_SCHEME", key => new() { { "authorization", $"Basic {key}" } } },
        { "two credentials", "SEVERAL_CREDENTIALS", key => new() { { "authorization", $"Bearer {key}" }, { "x-api-key", key } } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Call_WithoutARightKey_IsUnauthenticatedAndGoesNowhere(string sent, string reason, Func<string, Metadata> headers)
    {
        var key = Key("ci", "explain");
        await using var system = await StartAsync([key.Line]);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Gateway.Client.ExplainAsync(new ExplainRequest(), headers(key.Key), cancellationToken: GatewayFixture.Patience));

        Assert.True(fault.StatusCode == StatusCode.Unauthenticated, $"{sent}: {fault}");
        Assert.Equal(("cdam", reason), (Info(fault).Domain, Info(fault).Reason));
        Assert.Equal(0, system.Gateway.Destination.Explainer.Calls);
    }

    [Fact]
    public async Task Request_OfAStrangerThatIsNotGrpc_IsRefusedBeforeItsBodyIsRead()
    {
        await using var system = await StartAsync([Key("ci", "explain").Line]);
        using var client = new TcpClient();
        await client.ConnectAsync(system.Gateway.Http.Host, system.Gateway.Http.Port, GatewayFixture.Patience);
        await using var stream = client.GetStream();

        // The body never comes.
        await stream.WriteAsync("POST /v1/models/m:explain HTTP/1.1\r\nHost: m\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), GatewayFixture.Patience);
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync(GatewayFixture.Patience));
    }

    [Theory]
    [InlineData("authorization", "Bearer ")]
    [InlineData("authorization", "bearer  ")]
    [InlineData("x-api-key", "")]
    public async Task Key_InEitherHeader_LetsTheCallThroughAndStaysAtTheGateway(string header, string before)
    {
        var key = Key("ci", "explain,evaluate");
        await using var system = await StartAsync(["# keys of the tests", "", key.Line]);

        var code = await system.ExplainAsync(new Metadata { { header, before + key.Key }, { "x-other", "kept" } });

        Assert.Equal(StatusCode.OK, code);
        var seen = system.Gateway.Destination.Explainer.Headers!;
        Assert.Equal("kept", seen.GetValue("x-other"));
        Assert.DoesNotContain(seen, entry => entry.Key is "authorization" or "x-api-key");
    }

    [Fact]
    public async Task Key_ThatHasEnded_IsUnauthenticated()
    {
        var (over, young) = (Key("over", "explain", DateTimeOffset.UtcNow.AddSeconds(-1)), Key("young", "explain", DateTimeOffset.UtcNow.AddHours(1)));
        await using var system = await StartAsync([over.Line, young.Line]);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Gateway.Client.ExplainAsync(new ExplainRequest(), With(over.Key), cancellationToken: GatewayFixture.Patience));

        Assert.Equal((StatusCode.Unauthenticated, "KEY_EXPIRED"), (fault.StatusCode, Info(fault).Reason));
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(young.Key)));
    }

    [Theory]
    [InlineData("explain", StatusCode.OK, StatusCode.PermissionDenied)]
    [InlineData("evaluate", StatusCode.PermissionDenied, StatusCode.OK)]
    [InlineData("admin", StatusCode.PermissionDenied, StatusCode.PermissionDenied)]
    public async Task Scope_OfAKey_DecidesWhichServiceItOpens(string scope, StatusCode explain, StatusCode evaluate)
    {
        var key = Key("ci", scope);
        await using var system = await StartAsync([key.Line]);
        using var evaluation = new EvaluatorService.EvaluatorServiceClient(system.Gateway.Channel)
            .EvaluateImage(new EvaluateImageRequest(), With(key.Key), cancellationToken: GatewayFixture.Patience);

        Assert.Equal(explain, await system.ExplainAsync(With(key.Key)));
        Assert.Equal(evaluate, await StatusOf(async () => await evaluation.ResponseStream.MoveNext()));
        Assert.Equal(StatusCode.OK, await StatusOf(async () => await system.Gateway.Client.ListMethodsAsync(new(), With(key.Key))));
    }

    [Fact]
    public async Task Scope_ThatIsMissing_IsNamed()
    {
        var key = Key("ci", "evaluate");
        await using var system = await StartAsync([key.Line]);

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Gateway.Client.ExplainAsync(new ExplainRequest(), With(key.Key), cancellationToken: GatewayFixture.Patience));

        Assert.Equal(("SCOPE_MISSING", "explain"), (Info(fault).Reason, Info(fault).Metadata["scope"]));
        Assert.Equal("This call needs the scope explain; key:ci has evaluate.", fault.Status.Detail);
    }

    [Theory]
    [InlineData("cdam.v1.NoService", "Call")]
    [InlineData("cdam.v1.ExplainerService", "DeleteEverything")]
    [InlineData("CDAM.V1.ExplainerService", "Explain")]
    [InlineData("models/m/extra/cdam.v1.ExplainerService", "Explain")]
    public async Task Method_ThatNoRuleNames_TellsNobodyButAnAdministratorWhetherItExists(string service, string name)
    {
        var (all, admin) = (Key("all", "explain,evaluate"), Key("admin", "admin"));
        await using var system = await StartAsync([all.Line, admin.Line]);
        var method = new Method<GetModelRequest, GetModelResponse>(MethodType.Unary, service, name,
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, GetModelRequest.Parser.ParseFrom),
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, GetModelResponse.Parser.ParseFrom));
        Task<StatusCode> Call(Metadata headers) => StatusOf(async () =>
            await system.Gateway.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers, cancellationToken: GatewayFixture.Patience), new()));

        Assert.Equal(StatusCode.Unauthenticated, await Call([]));
        Assert.Equal(StatusCode.PermissionDenied, await Call(With(all.Key)));
        Assert.Equal(0, system.Gateway.Destination.Explainer.Calls);
        Assert.NotEqual(StatusCode.PermissionDenied, await Call(With(admin.Key)));
    }

    [Fact]
    public async Task Health_WithoutAKey_Answers_ReflectionDoesNot()
    {
        var key = Key("ci", "evaluate");
        await using var system = await StartAsync([key.Line]);
        var health = await new Health.HealthClient(system.Gateway.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: GatewayFixture.Patience);
        async Task<StatusCode> Reflect(Metadata headers)
        {
            using var call = new ServerReflection.ServerReflectionClient(system.Gateway.Channel).ServerReflectionInfo(headers, cancellationToken: GatewayFixture.Patience);
            return await StatusOf(async () =>
            {
                await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
                await call.ResponseStream.MoveNext();
            });
        }

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal(StatusCode.Unauthenticated, await Reflect([]));
        Assert.Equal(StatusCode.OK, await Reflect(With(key.Key)));
    }

    private static ErrorInfo Info(RpcException fault) => fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!;

    private static async Task<StatusCode> StatusOf(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }
}
