using Cdam.Cli.Localization;
using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;
using Cdam.Training.Lidc.Phantoms;
using Cdam.V1;

namespace Cdam.Cli.Demo;

/// <summary>
/// A phantom patient, all the way: a CT series with readings in LIDC-IDRI's layout is written, imported as real ones are, and its largest
/// nodule explained for malignancy and all eight biomarkers.
/// </summary>
internal static class NoduleSection
{
    private const int Patients = 1;

    /// <summary>
    /// Not the seed of the phantoms that the models were trained on; from 20,000 on the first with a nodule of more than 15 mm, since of
    /// smaller ones a map lights up a few tokens only.
    /// </summary>
    private const ulong Seed = 20_002;

    private static readonly string[] Methods = ["cdam", "smooth-cdam"];

    public static async Task<DemoSection> Make(ExplainerService.ExplainerServiceClient client, string folder, CancellationToken cancellation)
    {
        var (dataset, nodule) = await Phantom(folder, cancellation);
        var (crop, mask) = (dataset.ReadCrop(nodule), dataset.ReadMask(nodule));
        var wishes = new MapOptions { IncludeOverlay = true, IncludePreparedImage = true };
        var malignancy = new NoduleLocalization(client, DemoModels.Malignancy, Methods);
        var biomarkers = new NoduleLocalization(client, DemoModels.Biomarkers, Methods);
        var verdict = await malignancy.Add(crop, mask, wishes, cancellation);
        var findings = await biomarkers.Add(crop, mask, wishes, cancellation);
        var measured = malignancy.Rows.Concat(biomarkers.Rows).ToList();
        return new DemoSection(
            "nodule",
            "A lung nodule in a phantom CT",
            $"A generated patient, written as DICOM with radiologists' readings and imported as LIDC-IDRI is. The nodule measures {nodule.DiameterMm:0.0} mm; "
            + $"its readings rate malignancy {nodule.Malignancy:0.0} of 5. The model answers with the mean over three views, and a map for each.",
            [Slices(verdict, mask), Maps(verdict, "malignancy"), .. findings.Maps.Select(map => map.Target.DisplayName).Distinct().Select(output => Maps(findings, output))],
            [Readings(nodule, verdict, findings), Regions(measured)],
            new
            {
                nodule.DiameterMm,
                MalignancyLogit = verdict.Logits[0],
                ReadMalignancy = nodule.Malignancy,
                Findings = Predicted(findings).ToDictionary(pair => pair.Key, pair => new { Predicted = pair.Value, Read = Read(nodule, pair.Key) }),
                WithinExpectedRegion = measured.ToDictionary(row => row.Name, row => new { row.Within, row.Area }),
            });
    }

    private static async Task<(NoduleDataset Dataset, Nodule Largest)> Phantom(string folder, CancellationToken cancellation)
    {
        // Named by the seed: a folder that an earlier version left has another phantom.
        var (scans, data) = (Path.Combine(folder, $"phantom-{Seed}"), Path.Combine(folder, $"dataset-{Seed}"));
        await PhantomGenerator.Write(scans, new PhantomOptions { Patients = Patients, Seed = Seed }, progress: null, cancellation);
        LidcImport.Run(new LidcImportOptions { Folder = scans, Output = data }, cancellation: cancellation);
        var dataset = NoduleDataset.Open(data);
        return (dataset, dataset.Nodules.MaxBy(nodule => nodule.DiameterMm)!);
    }

    /// <summary>The slices, and beside them where the nodule is.</summary>
    private static DemoRow Slices(ExplainResponse answer, byte[] mask)
    {
        var views = answer.PreparedViews.Select(view => (view, Name: view.View.ToString().ToLowerInvariant())).ToList();
        return new DemoRow("the nodule", [
            .. views.Select(entry => new DemoFigure($"nodule-{entry.Name}.png", entry.Name, NodulePicture.Plain(entry.view))),
            .. views.Select(entry => new DemoFigure($"nodule-{entry.Name}-mask.png", $"where it is, {entry.Name}", NodulePicture.Masked(entry.view, mask)))]);
    }

    /// <summary>An output's maps, the views by one method beside those by the next.</summary>
    private static DemoRow Maps(ExplainResponse answer, string output)
    {
        var maps = answer.Maps.Where(map => map.Target.DisplayName == output).ToList();
        var figures = new List<DemoFigure>();
        foreach (var map in Methods.SelectMany(method => maps.Where(map => map.Method == method)))
        {
            var view = map.View.ToString().ToLowerInvariant();
            figures.Add(new DemoFigure($"nodule.{output}-{view}-{map.Method}.png", $"{map.Method}, {view}: {map.ViewValue:0.00}", map.OverlayPng.ToByteArray()));
        }

        return new DemoRow($"{output} = {maps[0].Target.Value:0.00}", figures);
    }

    private static Dictionary<string, float> Predicted(ExplainResponse findings) =>
        findings.Maps.Select(map => map.Target).DistinctBy(target => target.DisplayName).ToDictionary(target => target.DisplayName, target => target.Value);

    /// <summary>The mean of the readings; the outputs are in the same order.</summary>
    private static double Read(Nodule nodule, string biomarker) =>
        Biomarkers.All.Zip(nodule.Biomarkers.ToArray()).First(pair => pair.First.Name == biomarker).Second;

    private static DemoTable Readings(Nodule nodule, ExplainResponse verdict, ExplainResponse findings) => new(
        "What the models say, and what the readings say",
        ["finding", "model", "readings"],
        [
            ["malignant", $"{100 / (1 + Math.Exp(-verdict.Logits[0])):0} %", $"{nodule.Malignancy:0.0} of 5"],
            .. Predicted(findings).Select(pair => (IReadOnlyList<string>)[pair.Key, $"{pair.Value:0.0}", $"{Read(nodule, pair.Key):0.0}"]),
        ]);

    private static DemoTable Regions(List<LocalizationRow> rows) => new(
        "Share of positive mass within the region that each finding is judged by, mean over the views",
        ["finding, method", "within", "region's area"],
        [.. rows.Select(row => (IReadOnlyList<string>)[row.Name, $"{100 * row.Within:0} %", $"{100 * row.Area:0} %"])]);
}
