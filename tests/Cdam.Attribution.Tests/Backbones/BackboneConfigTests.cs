using Cdam.Attribution.Backbones;

namespace Cdam.Attribution.Tests.Backbones;

public sealed class BackboneConfigTests
{
    private static readonly BackboneConfig Valid = RandomBackbone.Config(BackboneNaming.DinoV2);

    [Fact]
    public void Validate_ManyFaults_NamesAllOfThem()
    {
        var config = Valid with { Patch = 300, Image = 10, Dim = 50, Depth = 0, Mlp = 0, Registers = -1, Epsilon = 0 };
        var message = Assert.Throws<ArgumentException>(config.Validate).Message;
        string[] faults =
        [
            "patch is 300", "image is 10", "dim is 50; must be a multiple of heads (3)", "depth is 0", "mlp is 0", "registers is -1", "eps is 0",
        ];
        Assert.All(faults, fault => Assert.Contains(fault, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_EachFaultAlone_IsTheOnlyOneNamed()
    {
        BackboneConfig[] faulty =
        [
            Valid with { Image = 15 }, Valid with { Image = 0 }, Valid with { Dim = 47 }, Valid with { Dim = 48 * 400 }, Valid with { Heads = 0 },
            Valid with { Depth = 257 }, Valid with { Mlp = 65537 }, Valid with { Registers = 257 },
            Valid with { Epsilon = 1 }, Valid with { Epsilon = double.NaN },
        ];
        Assert.All(faulty, config => Assert.DoesNotContain("; ", Reasons(config), StringComparison.Ordinal));
        Valid.Validate();
    }

    [Fact]
    public void Validate_PatchOfZero_DoesNotDivideByIt() =>
        Assert.Contains("patch is 0", Assert.Throws<ArgumentException>((Valid with { Patch = 0 }).Validate).Message, StringComparison.Ordinal);

    /// <summary>The message with the one "; must be" of each fault taken out, so that a further "; " parts two faults.</summary>
    private static string Reasons(BackboneConfig config) =>
        Assert.Throws<ArgumentException>(config.Validate).Message.Replace("; must be", " must be", StringComparison.Ordinal);
}
