using Cdam.V1;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>Streams three events.</summary>
internal sealed class StubEvaluator : EvaluatorService.EvaluatorServiceBase
{
    public override async Task EvaluateImage(
        EvaluateImageRequest request, IServerStreamWriter<EvaluateImageResponse> responses, ServerCallContext context)
    {
        foreach (var percent in new[] { 0, 50, 100 })
        {
            await responses.WriteAsync(new EvaluateImageResponse { Point = new CurvePoint { Percent = percent } });
        }
    }
}
