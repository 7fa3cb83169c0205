using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests;

public sealed class ExplainerFaultTests
{
    [Theory]
    [InlineData("unknown", StatusCode.NotFound, "MODEL_NOT_FOUND")] // ends the stream
    [InlineData("refuses", StatusCode.FailedPrecondition, "NO_GRADIENTS")] // in the image's item
    [InlineData("dies", StatusCode.Unavailable, "DESTINATION_LOST")] // drops its connection between two logits
    [InlineData("short", StatusCode.Internal, "BAD_EXPLAINER_ANSWER")] // ends before the last logit
    [InlineData("nan", StatusCode.Internal, "BAD_EXPLAINER_ANSWER")]
    public async Task Explainer_ThatFails_EndsTheEvaluationWithItsCodeAndDetails(string model, StatusCode code, string reason)
    {
        await using var system = await EvaluatorFixture.StartAsync();

        var fault = await system.FailAsync(EvaluatorFixture.Request(model));

        Assert.True(code == fault.StatusCode, fault.ToString());
        Assert.Equal(reason, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }

    [Fact]
    public async Task Explainer_NotThere_IsUnavailableWithRetryInfo()
    {
        // Port 1 of this machine is not listened to.
        await using var system = await EvaluatorFixture.StartAsync("--Evaluator:ExplainerAddress=http://127.0.0.1:1");

        var fault = await system.FailAsync(EvaluatorFixture.Request());

        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Equal("EXPLAINER_LOST", fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
        Assert.NotNull(fault.GetRpcStatus()?.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task Client_ThatCancels_CancelsTheExplainersCall()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        using var cancellation = new CancellationTokenSource();
        using var call = system.Client.EvaluateImage(EvaluatorFixture.Request("stuck"), cancellationToken: cancellation.Token);
        await system.Explainer.Stuck.WaitAsync(EvaluatorFixture.Patience);

        await cancellation.CancelAsync();

        await system.Explainer.Cancelled.WaitAsync(EvaluatorFixture.Patience);
    }

    [Fact]
    public async Task Deadline_ThatPasses_EndsTheCallAndTheExplainersCall()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        using var call = system.Client.EvaluateImage(EvaluatorFixture.Request("stuck"), deadline: DateTime.UtcNow.AddSeconds(2));

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync().CountAsync());

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        await system.Explainer.Cancelled.WaitAsync(EvaluatorFixture.Patience);
    }

    [Fact]
    public async Task Slots_AllTaken_RefuseUntilOneIsFree()
    {
        await using var system = await EvaluatorFixture.StartAsync("--Evaluator:MaxConcurrentEvaluations=1");
        using var cancellation = new CancellationTokenSource();
        using var first = system.Client.EvaluateImage(EvaluatorFixture.Request("stuck"), cancellationToken: cancellation.Token);
        await system.Explainer.Stuck.WaitAsync(EvaluatorFixture.Patience);

        var fault = await system.FailAsync(EvaluatorFixture.Request());

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.NotNull(fault.GetRpcStatus()?.GetDetail<RetryInfo>());
        Assert.Equal("Evaluator:MaxConcurrentEvaluations", fault.GetRpcStatus()!.GetDetail<QuotaFailure>()!.Violations[0].Subject);
        await cancellation.CancelAsync();
        Assert.True(await SucceedsEventuallyAsync(system));
    }

    private static async Task<bool> SucceedsEventuallyAsync(EvaluatorFixture system)
    {
        while (true)
        {
            try
            {
                return (await system.EvaluateAsync(EvaluatorFixture.Request()))[^1].Finished is not null;
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.ResourceExhausted)
            {
                await Task.Delay(20, EvaluatorFixture.Patience);
            }
        }
    }
}
