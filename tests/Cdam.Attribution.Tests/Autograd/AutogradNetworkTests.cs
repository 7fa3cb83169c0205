using Cdam.Attribution.Autograd;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.ClosedForm;
using Cdam.Attribution.Verification;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Autograd;

/// <summary>The oracle of the other tests is itself held to values that independent implementations gave.</summary>
public sealed class AutogradNetworkTests
{
    public static TheoryData<string> Cases => [.. ReferenceFolder.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TokenGradient_OfEachReferenceCase_IsTheReference(string name)
    {
        var reference = ReferenceCase.Read(ReferenceFolder.Path(name, ""));
        using var scope = NewDisposeScope();
        using var expected = Checkpoint.Open(ReferenceFolder.Path(name, "expected.safetensors"));
        using var model = ExplainableModel.Load(reference.Folder, reference.Formats()[0].Manifest, new ModelOptions { Device = "cpu" });
        var network = new AutogradNetwork(model.Engine.Backbone);
        var input = Read(expected, "input").requires_grad_(true);

        var x = network.BlockInput(input);
        var tokens = network.AttentionInput(x);
        TensorAssert.Close(Read(expected, "block_input"), x[0].detach());
        TensorAssert.Close(Read(expected, "tokens"), tokens[0].detach());
        TensorAssert.Close(Read(expected, "latent"), network.Latent(x, tokens)[0].detach());

        var targets = new TargetFunctions(model.Engine.Head, [reference.Target], [], CPU);
        var gradient = network.TokenGradient(targets, x, tokens, alsoTo: input);
        TensorAssert.Close(Read(expected, "token_gradients"), gradient[0]);
        var scores = AutogradNetwork.Scores(tokens, gradient)[0].detach();
        var patches = scores.narrow(0, reference.Architecture.PrefixTokens, scores.shape[0] - reference.Architecture.PrefixTokens);
        TensorAssert.Close(Read(expected, "cdam"), patches);
    }

    private static Tensor Read(Checkpoint checkpoint, string name)
    {
        var stored = checkpoint.Tensors[name];
        return tensor(stored.ReadFloat32(), [.. stored.Shape]);
    }
}
