using System.Runtime.InteropServices;
using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Regions;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Cli.Localization;

/// <summary>
/// Explains nodules for every output, and adds up how much of each map's positive mass falls within the region where the output's cause
/// is (<see cref="ExpectedRegion"/>).
/// </summary>
internal sealed class NoduleLocalization(ExplainerService.ExplainerServiceClient client, string model, IReadOnlyList<string> methods)
{
    private readonly LocalizationTally _tally = new();

    /// <summary>So far.</summary>
    public IReadOnlyList<LocalizationRow> Rows => _tally.Rows();

    /// <summary>Explains a nodule and takes its maps in.</summary>
    /// <param name="hounsfield">32 × 32 × 32, z, y, x.</param>
    /// <param name="mask">As many bytes, 1 where the nodule is.</param>
    /// <param name="wishes">What to return beside the scores; may be null.</param>
    /// <returns>The answer, for showing.</returns>
    public async Task<ExplainResponse> Add(short[] hounsfield, byte[] mask, MapOptions? wishes, CancellationToken cancellation)
    {
        var request = new ExplainRequest
        {
            Model = model,
            Image = new Image { Crop = new VolumeCrop { Voxels = ByteString.CopyFrom(MemoryMarshal.AsBytes(hounsfield.AsSpan())) } },
            Targets = { new Target { All = true } },
            MapOptions = wishes,
        };
        request.Methods.AddRange(methods.Select(name => new MethodSpec { Name = name }));
        var answer = await client.ExplainAsync(request, cancellationToken: cancellation);
        var regions = NoduleRegions.Of([.. mask.Select(voxel => voxel != 0)], NoduleDataset.Side, NoduleDataset.Side, NoduleDataset.Side);
        foreach (var map in answer.Maps.Where(map => map.Target is not null))
        {
            var output = map.Target.DisplayName;
            var expected = CropSlice.Coverage(ExpectedRegion.Of(regions, output), map.View, map.Rows, map.Columns);
            _tally.Add($"{output}, {map.Method}", [.. map.Scores], expected, rival: []);
        }

        return answer;
    }
}
