namespace Cdam.Cli.Demo;

/// <summary>Numbers on the page.</summary>
/// <param name="Caption">What they are.</param>
/// <param name="Headers">Of the columns.</param>
/// <param name="Rows">As many cells each as there are headers.</param>
internal sealed record DemoTable(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);
