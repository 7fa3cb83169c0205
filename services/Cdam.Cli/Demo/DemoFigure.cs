namespace Cdam.Cli.Demo;

/// <summary>A picture on the page.</summary>
/// <param name="File">Its file's name, beside the page.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Png">The picture.</param>
internal sealed record DemoFigure(string File, string Caption, byte[] Png);
