using System.CommandLine;
using System.Text.Json;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Verification;
using Spectre.Console;

namespace Cdam.Cli.Verifying;

/// <summary><c>cdam verify DIR</c>: every case of a reference folder, against what this program computes.</summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "A folder of reference cases, or one case." };
        var json = new Option<bool>("--json") { Description = "Prints a JSON report instead of a table." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };
        var command = new Command("verify", "Compares every array of reference cases with what this program computes.") { folder, device, json };
        command.SetAction(parsed =>
        {
            var report = Verify(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(device));
            Print(report, parsed.GetValue(json));
            return report.Passed ? 0 : 1;
        });
        return command;
    }

    private static VerifyReport Verify(string folder, string device)
    {
        var uncovered = new SortedSet<string>(StringComparer.Ordinal);
        var cases = new List<VerifiedCase>();
        var passed = true;
        foreach (var reference in ReferenceCase.ReadAll(folder))
        {
            var errors = ReferenceVerifier.Verify(reference, device).Concat(ScoringVerifier.Verify(reference)).ToList();
            passed &= errors.TrueForAll(error => error.Passed);
            cases.Add(new VerifiedCase(reference.Name, [.. errors.Select(error => new VerifiedArray(error.Name, error.Error, error.Tolerance))]));
            uncovered.UnionWith(Known(reference).Except(errors.Select(error => error.Name)));
        }

        return new VerifyReport(passed, cases.Max(verified => verified.Arrays.Max(array => array.Error)), [.. uncovered], cases);
    }

    /// <summary>Everything a case has a reference for: its arrays but those that are inputs, and its values.</summary>
    private static List<string> Known(ReferenceCase reference)
    {
        using var expected = Checkpoint.Open(Path.Combine(reference.Folder, "expected.safetensors"));
        return [.. expected.Tensors.Keys.Where(name => !IsInput(name)), .. reference.Values.Keys];
    }

    private static bool IsInput(string name) =>
        name is "image" or "concept_vector" || name.EndsWith("_noise", StringComparison.Ordinal) || name.StartsWith("boxes_", StringComparison.Ordinal);

    private static void Print(VerifyReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn("array");
        foreach (var verified in report.Cases)
        {
            table.AddColumn(new TableColumn(verified.Name).RightAligned());
        }

        foreach (var name in report.Cases.SelectMany(verified => verified.Arrays.Select(array => array.Name)).Distinct())
        {
            table.AddRow([name, .. report.Cases.Select(verified => Cell(verified.Arrays.FirstOrDefault(array => array.Name == name)))]);
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"largest error {report.MaxError:0.0e+0}: {(report.Passed ? "passed" : "FAILED")}");
        if (report.Uncovered.Count > 0)
        {
            AnsiConsole.MarkupLineInterpolated($"not covered yet: {string.Join(", ", report.Uncovered)}");
        }
    }

    private static string Cell(VerifiedArray? array)
    {
        if (array is null)
        {
            return "";
        }

        var text = array.Error == 0 ? "0" : $"{array.Error:0.0e+0}";
        return array.Error <= array.Tolerance ? text : $"[red]{text}[/]";
    }
}
