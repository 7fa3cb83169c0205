using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Verification;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.System.Tests;

/// <summary>A reference case as a model folder that a server can load, with its picture.</summary>
internal sealed class ReferenceModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReferenceModel(string name)
    {
        Case = ReferenceCase.Read(Repository.PathOf("tests", "reference", name));
        var manifest = Case.Formats()[0].Manifest with { Id = name };
        foreach (var file in manifest.Files)
        {
            File.Copy(Path.Combine(Case.Folder, file.Path), Path.Combine(_folder.Path, file.Path));
        }

        manifest.Write(_folder.Path);
        Name = $"models/{name}";
        Expected = Checkpoint.Open(Path.Combine(Case.Folder, "expected.safetensors"));
    }

    /// <summary>The case.</summary>
    public ReferenceCase Case { get; }

    /// <summary>The model's resource name.</summary>
    public string Name { get; }

    /// <summary>Where the model is.</summary>
    public string Folder => _folder.Path;

    /// <summary>The case's arrays.</summary>
    public Checkpoint Expected { get; }

    /// <summary>The case's picture.</summary>
    public Image Image => new()
    {
        Picture = new Picture { Width = Case.Width, Height = Case.Height, Rgb = ByteString.CopyFrom(Expected.Tensors["image"].ReadBytes()) },
    };

    /// <summary>An array of the case.</summary>
    public float[] Array(string name) => Expected.Tensors[name].ReadFloat32();

    /// <inheritdoc/>
    public void Dispose()
    {
        Expected.Dispose();
        _folder.Dispose();
    }
}
