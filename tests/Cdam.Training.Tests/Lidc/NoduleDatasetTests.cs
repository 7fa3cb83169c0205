using Cdam.Attribution.Checkpoints;
using Cdam.Training.Lidc;

namespace Cdam.Training.Tests.Lidc;

public sealed class NoduleDatasetTests : IDisposable
{
    private static readonly short[] Hounsfield = [.. Enumerable.Range(0, 32 * 32 * 32).Select(i => (short)(i - 20_000))];
    private static readonly byte[] Mask = [.. Enumerable.Range(0, 32 * 32 * 32).Select(i => (byte)(i % 3 == 0 ? 1 : 0))];

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Open_WhatWasWritten_GivesItBack()
    {
        var written = TestNodules.Create("a", "P", 3.5);
        Write(Manifest(written));
        var dataset = NoduleDataset.Open(_scratch.FullName);
        var nodule = Assert.Single(dataset.Nodules);
        Assert.Equal(written with { CentreMm = nodule.CentreMm, CentreVoxel = nodule.CentreVoxel }, nodule);
        Assert.Equal([1, 2, 3, 4, 5, 6], nodule.CentreMm.Concat(nodule.CentreVoxel));
        Assert.Equal(NoduleLabel.Malignant, nodule.Label);
        Assert.Equal(Hounsfield, dataset.ReadCrop(nodule));
        Assert.Equal(Mask, dataset.ReadMask(nodule));
        Assert.Equal((5, 7UL), (dataset.Folds, dataset.Seed));
        Assert.Equal(new SkippedScan("x", "broken"), Assert.Single(dataset.Skipped));
    }

    [Fact]
    public void Write_FollowsTheContract()
    {
        Write(Manifest(TestNodules.Create("a", "P", 3)));
        const string Expected = """
            {
              "format_version": 1,
              "voxel_mm": 1,
              "side": 32,
              "seed": 7,
              "folds": 5,
              "nodules": [
                {
                  "id": "a",
                  "patient": "P",
                  "series_uid": "1.2.3",
                  "centre_mm": [
                    1,
                    2,
                    3
                  ],
                  "centre_voxel": [
                    4,
                    5,
                    6
                  ],
                  "diameter_mm": 7.5,
                  "readings": 2,
                  "biomarkers": {
                    "subtlety": 1,
                    "calcification": 6,
                    "margin": 2,
                    "lobulation": 3,
                    "spiculation": 4,
                    "diameter": 7.5,
                    "texture": 5,
                    "sphericity": 4.5
                  },
                  "malignancy": 3,
                  "label": null,
                  "fold": 0,
                  "padded_fraction": 0.25,
                  "file": "nodules/a.safetensors"
                }
              ],
              "skipped": [
                {
                  "path": "x",
                  "reason": "broken"
                }
              ],
              "warnings": [
                "odd"
              ]
            }
            """;
        Assert.Equal(Expected, File.ReadAllText(_scratch.PathOf("dataset.json")));
    }

    [Fact]
    public void Biomarkers_ComeInThePublishedOrder()
    {
        Assert.Equal(
            ["subtlety", "calcification", "margin", "lobulation", "spiculation", "diameter", "texture", "sphericity"], Biomarkers.All.Select(marker => marker.Name));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], new Biomarkers(1, 2, 3, 4, 5, 6, 7, 8).ToArray());
        Assert.Equal(6, Biomarkers.All[1].Highest);
        Assert.Equal("mm", Biomarkers.All[5].Unit);
    }

    [Fact]
    public void Open_BrokenRules_AreNamed()
    {
        var nodule = TestNodules.Create("a", "P", 3.5);
        Refused(Manifest(nodule) with { FormatVersion = 2 }, "format_version is 2; must be 1");
        Refused(Manifest(nodule) with { VoxelMm = 2 }, "voxel_mm is 2; must be 1");
        Refused(Manifest(nodule) with { Side = 64 }, "side is 64; must be 32");
        Refused(Manifest(nodule) with { Folds = 1 }, "folds is 1; must be at least 2");
        Refused(Manifest(nodule, nodule), "id \"a\" stands 2 times; must be unique");
        Refused(Manifest(nodule, TestNodules.Create("b", "P", 3) with { Fold = 1 }), "patient \"P\" is in folds 0, 1; must be in one");
        Refused(Manifest(nodule with { Fold = 5 }), "nodules[0].fold is 5; must be 0 to 4");
        Refused(Manifest(nodule with { File = "../a.safetensors" }), "nodules[0].file is \"../a.safetensors\"");
        Refused(Manifest(nodule with { Id = "../a", File = "nodules/../a.safetensors" }), "the id a plain file name");
        Refused(Manifest(nodule with { CentreMm = [1] }), "nodules[0].centre_mm and centre_voxel have 1 and 3 numbers");
        Refused(Manifest(nodule with { Readings = 0 }), "nodules[0].readings is 0");
        Refused(Manifest(nodule with { PaddedFraction = 1.5 }), "nodules[0].padded_fraction is 1.5");
        Refused(Manifest(nodule with { Malignancy = 6 }), "nodules[0].malignancy is 6; must be 1 to 5");
        Refused(Manifest(nodule with { Label = NoduleLabel.Benign }), "nodules[0].label is Benign for malignancy 3.5");
        Refused(Manifest(nodule with { DiameterMm = 8 }), "nodules[0].diameter_mm is 8 and biomarkers.diameter 7.5");
        Refused(
            Manifest(nodule with { Biomarkers = nodule.Biomarkers with { Margin = 5.5, Texture = 0 } }),
            "nodules[0].biomarkers.margin is 5.5; must be 1 to 5", "nodules[0].biomarkers.texture is 0");
    }

    [Fact]
    public void Open_BrokenFiles_AreRefused()
    {
        Refusal.Assert(() => NoduleDataset.Open(_scratch.FullName), "dataset.json: is not there; `cdam lidc import` makes a data set");
        Write(Manifest(TestNodules.Create("a", "P", 3)));
        var path = _scratch.PathOf("dataset.json");
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"side\"", "\"edge\"", StringComparison.Ordinal));
        Refusal.Assert(() => NoduleDataset.Open(_scratch.FullName), path, "edge");
        File.WriteAllText(path, text.Replace("\"label\": null,", "", StringComparison.Ordinal));
        Refusal.Assert(() => NoduleDataset.Open(_scratch.FullName), path, "label");
        File.WriteAllText(path, text);
        SafetensorsWriter.Write(_scratch.PathOf("nodules", "a.safetensors"), [new SafetensorsEntry("crop", TensorType.Int16, [2], new byte[4])]);
        Refusal.Assert(() => NoduleDataset.Open(_scratch.FullName), "tensor 'crop' is Int16 [2]; must be Int16 [32, 32, 32]");
        File.Delete(_scratch.PathOf("nodules", "a.safetensors"));
        Assert.Throws<CheckpointException>(() => NoduleDataset.Open(_scratch.FullName));
    }

    [Fact]
    public void ReadMask_OtherBytes_AreRefused()
    {
        Write(Manifest(TestNodules.Create("a", "P", 3)));
        new NoduleCrop(Hounsfield, [.. Mask[1..], 7], 0).Write(_scratch.PathOf("nodules", "a.safetensors"));
        var dataset = NoduleDataset.Open(_scratch.FullName);
        Refusal.Assert(() => dataset.ReadMask(dataset.Nodules[0]), "tensor 'mask' has 7 among its values; must be 0 or 1");
    }

    private static DatasetManifest Manifest(params Nodule[] nodules) => new()
    {
        FormatVersion = 1, VoxelMm = 1, Side = 32, Seed = 7, Folds = 5, Nodules = nodules, Skipped = [new SkippedScan("x", "broken")], Warnings = ["odd"],
    };

    private void Write(DatasetManifest manifest)
    {
        Directory.CreateDirectory(_scratch.PathOf("nodules"));
        foreach (var nodule in manifest.Nodules)
        {
            new NoduleCrop(Hounsfield, Mask, 0).Write(_scratch.PathOf("nodules", $"{Path.GetFileName(nodule.Id)}.safetensors"));
        }

        DatasetJson.Write(_scratch.PathOf("dataset.json"), manifest);
    }

    private void Refused(DatasetManifest manifest, params ReadOnlySpan<string> parts)
    {
        Write(manifest);
        Refusal.Assert(() => NoduleDataset.Open(_scratch.FullName), [_scratch.PathOf("dataset.json") + ": ", .. parts]);
    }
}
