using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;
using Cdam.Explainer.Explaining;
using Google.Protobuf;

namespace Cdam.Explainer.Wire;

/// <summary>Writes views and the pictures that they show.</summary>
internal static class ViewWriter
{
    public static V1.View Write(SliceView? view) => view switch
    {
        SliceView.Axial => V1.View.Axial,
        SliceView.Coronal => V1.View.Coronal,
        SliceView.Sagittal => V1.View.Sagittal,
        _ => V1.View.Unspecified,
    };

    /// <summary>The view as it was looked at; a picture must be there.</summary>
    public static V1.PreparedView WritePrepared(ViewInput view) => new() { View = Write(view.View), Image = Write(view.Prepared!) };

    public static V1.PreparedImage Write(PreparedImage prepared) => new()
    {
        Picture = new V1.Picture
        {
            Width = prepared.Picture.Width,
            Height = prepared.Picture.Height,
            Rgb = UnsafeByteOperations.UnsafeWrap(prepared.Picture.Rgb),
        },
        SourceLeft = prepared.SourceRegion.Left,
        SourceTop = prepared.SourceRegion.Top,
        SourceWidth = prepared.SourceRegion.Width,
        SourceHeight = prepared.SourceRegion.Height,
        OriginalWidth = prepared.OriginalWidth,
        OriginalHeight = prepared.OriginalHeight,
    };
}
