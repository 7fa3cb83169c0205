using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Models;

/// <summary>
/// A model's tensors, collected from its files by the manifest's prefixes and checked against what the architecture needs: all
/// missing, extra and mis-shaped ones are named in one message, up to 20 of them.
/// </summary>
internal sealed class CheckpointState : IDisposable
{
    /// <summary>A checkpoint of another network differs in every tensor; nobody reads hundreds of lines.</summary>
    private const int MostNamed = 20;

    private readonly List<Checkpoint> _files = [];
    private readonly Dictionary<(ModelPart Part, string Name), CheckpointTensor> _tensors = [];

    private CheckpointState()
    {
    }

    /// <summary>Number of logits; 0 without head.</summary>
    public int Outputs { get; private set; }

    /// <summary>Opens and checks a model's files; data are read later.</summary>
    /// <exception cref="ModelException">A tensor is missing, extra or of another shape.</exception>
    /// <exception cref="CheckpointException">A file is not a checkpoint that can be read.</exception>
    public static CheckpointState Open(string folder, ModelManifest manifest, BackboneConfig config)
    {
        var state = new CheckpointState();
        try
        {
            foreach (var file in manifest.Files)
            {
                state.Collect(folder, file, config);
            }

            state.Check(folder, manifest, config);
            return state;
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>The backbone's tensors under the names of <see cref="BackboneState.Describe"/>, then the head's.</summary>
    public IEnumerable<(ModelPart Part, string Name, CheckpointTensor Tensor)> Tensors =>
        _tensors.Select(entry => (entry.Key.Part, entry.Key.Name, entry.Value));

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Collect(string folder, ManifestFile file, BackboneConfig config)
    {
        var checkpoint = Checkpoint.Open(Path.Combine(folder, file.Path));
        _files.Add(checkpoint);
        var names = new StateNames(config.Naming);
        var prefixes = file.Prefixes.OrderByDescending(prefix => prefix.Key.Length).ToList();
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            // The longest prefix wins, so that "" can take what others leave.
            var prefix = prefixes.FirstOrDefault(candidate => tensor.Name.StartsWith(candidate.Key, StringComparison.Ordinal));
            if (prefix.Key is null)
            {
                continue;
            }

            var name = tensor.Name[prefix.Key.Length..];
            name = prefix.Value == ModelPart.Backbone ? names.Modernize(name) : name;
            if (!_tensors.TryAdd((prefix.Value, name), tensor))
            {
                throw new ModelException($"{folder}: {prefix.Value} tensor \"{name}\" occurs twice, again in {file.Path}");
            }
        }
    }

    private void Check(string folder, ModelManifest manifest, BackboneConfig config)
    {
        var needed = BackboneState.Describe(config).Select(entry => (Part: ModelPart.Backbone, entry.Name, entry.Shape)).ToList();
        needed.AddRange(DescribeHead(manifest.Head, config).Select(entry => (ModelPart.Head, entry.Name, entry.Shape)));
        var faults = needed.Where(entry => !_tensors.ContainsKey((entry.Part, entry.Name)))
            .Select(entry => $"missing {entry.Part} \"{entry.Name}\" of shape {Show(entry.Shape)}")
            .ToList();
        faults.AddRange(needed
            .Where(entry => _tensors.TryGetValue((entry.Part, entry.Name), out var tensor) && !tensor.Shape.SequenceEqual(entry.Shape))
            .Select(entry => $"{entry.Part} \"{entry.Name}\" has shape {Show(_tensors[(entry.Part, entry.Name)].Shape)}; must be {Show(entry.Shape)}"));
        var known = needed.Select(entry => (entry.Part, entry.Name)).ToHashSet();
        foreach (var extra in _tensors.Keys.Where(key => !known.Contains(key)).ToList())
        {
            if (extra.Part == ModelPart.Head || !BackboneState.IsUnused(config, extra.Name))
            {
                faults.Add($"extra {extra.Part} \"{extra.Name}\" of shape {Show(_tensors[extra].Shape)}");
            }

            _tensors.Remove(extra);
        }

        if (faults.Count > 0)
        {
            var rest = faults.Count > MostNamed ? $"; and {faults.Count - MostNamed} more" : "";
            throw new ModelException(
                $"{folder}: the checkpoint does not fit {manifest.Backbone} with head {manifest.Head}: {string.Join("; ", faults.Take(MostNamed))}{rest}");
        }
    }

    /// <summary>The head's tensors; sizes that only the checkpoint knows are taken from it.</summary>
    private IEnumerable<(string Name, long[] Shape)> DescribeHead(HeadKind head, BackboneConfig config)
    {
        if (head == HeadKind.Linear)
        {
            Outputs = (int)Rows("bias");
            return [("weight", [Outputs, config.Dim]), ("bias", [Outputs])];
        }

        if (head == HeadKind.Mlp)
        {
            var hidden = Rows("0.bias");
            Outputs = (int)Rows("2.bias");
            return [("0.weight", [hidden, config.Dim]), ("0.bias", [hidden]), ("2.weight", [Outputs, hidden]), ("2.bias", [Outputs])];
        }

        return [];
    }

    private long Rows(string name) =>
        _tensors.TryGetValue((ModelPart.Head, name), out var tensor) && tensor.Shape.Count == 1 ? tensor.Shape[0] : 0;

    private static string Show(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
