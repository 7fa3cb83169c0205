namespace Cdam.Cli.Demo;

/// <summary>Pictures that belong together.</summary>
/// <param name="Heading">What they show.</param>
/// <param name="Figures">From left to right.</param>
internal sealed record DemoRow(string Heading, IReadOnlyList<DemoFigure> Figures);
