using Cdam.Gateway.Access;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Tests;

/// <summary>The evaluator's calls to the explainers, through a gateway that asks for keys.</summary>
public sealed class CallBackTests
{
    private static readonly IssuedKey User = IssuedKey.Create("user", ["evaluate"], null);
    private static readonly IssuedKey Service = IssuedKey.Create("evaluator", ["explain"], null);

    [Fact]
    public async Task Evaluation_WithTheEvaluatorsOwnKey_NeedsOnlyEvaluateOfItsUser()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("service"), Service.Key + "\n");
        await using var system = await StartAsync(folder, $"--Evaluator:ApiKeyFile={folder.File("service")}");

        Assert.Equal(StatusCode.OK, await EvaluateAsync(system));
    }

    [Fact]
    public async Task Evaluation_AfterTheKeyInTheFileWasReplaced_UsesTheNewOne()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("service"), IssuedKey.Create("old", ["explain"], null).Key);
        await using var system = await StartAsync(folder, $"--Evaluator:ApiKeyFile={folder.File("service")}");
        Assert.Equal(StatusCode.FailedPrecondition, await EvaluateAsync(system));

        await File.WriteAllTextAsync(folder.File("service"), Service.Key);
        while (await EvaluateAsync(system) != StatusCode.OK)
        {
            await Task.Delay(50, EvaluatorFixture.Patience);
        }
    }

    [Fact]
    public async Task Evaluation_WithoutTheEvaluatorsKey_FailsForWhatTheEvaluatorLacks()
    {
        using var folder = new TemporaryFolder();
        await using var system = await StartAsync(folder);

        Assert.Equal(StatusCode.FailedPrecondition, await EvaluateAsync(system));
    }

    [Theory]
    [InlineData("the key must be given as text or as a file, not as both", "--Evaluator:ApiKey=a", "--Evaluator:ApiKeyFile=/nowhere")]
    [InlineData("/nowhere must be a file with a key in one line of printable ASCII", "--Evaluator:ApiKeyFile=/nowhere")]
    [InlineData("the key must be one line of printable ASCII", "--Evaluator:ApiKey=a b")]
    [InlineData("/nowhere must be a file of certificates in PEM", "--Evaluator:CaFile=/nowhere")]
    [InlineData("the client's certificate and its key must be given together", "--Evaluator:CertificateFile=/nowhere")]
    public void Build_KeyOrFileThatCannotBeUsed_IsRefused(string message, params string[] args)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => EvaluatorHost.Build(["--Evaluator:ExplainerAddress=http://127.0.0.1:1", .. args]));

        Assert.StartsWith($"Evaluator:ApiKey, ApiKeyFile, CaFile, CertificateFile, CertificateKeyFile: {message}", fault.Message, StringComparison.Ordinal);
    }

    private static Task<EvaluatorFixture> StartAsync(TemporaryFolder folder, params string[] evaluatorArgs)
    {
        File.WriteAllLines(folder.File("keys"), [User.Line, Service.Line]);
        return EvaluatorFixture.StartAsync([$"--Gateway:Access:KeyFile={folder.File("keys")}"], evaluatorArgs);
    }

    private static async Task<StatusCode> EvaluateAsync(EvaluatorFixture system)
    {
        try
        {
            var headers = new Metadata { { "authorization", $"Bearer {User.Key}" } };
            using var call = system.Client.EvaluateImage(EvaluatorFixture.Request(), headers, cancellationToken: EvaluatorFixture.Patience);
            Assert.NotEmpty(await call.ResponseStream.ReadAllAsync().ToListAsync());
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }
}
