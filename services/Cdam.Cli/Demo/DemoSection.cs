namespace Cdam.Cli.Demo;

/// <summary>A part of the demonstration.</summary>
/// <param name="Key">Its name in <c>summary.json</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Text">What to look for.</param>
/// <param name="Rows">Pictures.</param>
/// <param name="Tables">Numbers.</param>
/// <param name="Summary">What <c>summary.json</c> says of it.</param>
internal sealed record DemoSection(
    string Key, string Title, string Text, IReadOnlyList<DemoRow> Rows, IReadOnlyList<DemoTable> Tables, object Summary);
