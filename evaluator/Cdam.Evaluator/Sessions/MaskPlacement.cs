using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Requests;
using Cdam.Scoring.Localization;

namespace Cdam.Evaluator.Sessions;

/// <summary>Lays a mask of the original over the picture that the model has looked at.</summary>
internal static class MaskPlacement
{
    /// <returns>Height × width bytes of the prepared picture, not 0 where the object is.</returns>
    /// <exception cref="Grpc.Core.RpcException">The mask has not the original's size, or the explainer does not say where the picture lies.</exception>
    internal static byte[] Over(BinaryMask mask, Explanation explanation)
    {
        var (shown, picture) = (explanation.Shown, explanation.Picture);
        if (shown is null)
        {
            throw ExplainerFault.BadAnswer("prepared_image does not say which part of the original it shows; masks cannot be laid over it.");
        }

        return mask.Width == shown.OriginalWidth && mask.Height == shown.OriginalHeight
            ? mask.Shown(shown.Left, shown.Top, shown.Width, shown.Height, picture.Width, picture.Height).Inside
            : throw RequestFault.Of("masks[0]",
                $"{mask.Width} × {mask.Height} pixels; the image has {shown.OriginalWidth} × {shown.OriginalHeight} when upright, and its masks must, too.");
    }
}
