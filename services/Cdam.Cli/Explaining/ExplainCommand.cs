using System.CommandLine;

namespace Cdam.Cli.Explaining;

/// <summary><c>cdam explain IMAGE…</c>: maps of pictures as files.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("image") { Description = "JPEG, PNG, WebP, BMP or TIFF files.", Arity = ArgumentArity.OneOrMore };
        var options = new ExplainOptions("top; of a model without head every concept that came with it");
        var command = new Command("explain", "Explains pictures and writes heat maps, overlays, raw scores and a JSON summary.") { images };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => options.Read(parsed).Run(parsed.GetRequiredValue(images), new PictureFiles(), cancellation));
        return command;
    }
}
