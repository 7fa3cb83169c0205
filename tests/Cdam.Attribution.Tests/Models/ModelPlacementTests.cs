using Cdam.Attribution.Models;
using TorchSharp;

namespace Cdam.Attribution.Tests.Models;

public sealed class ModelPlacementTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("CPU")]
    [InlineData("cuda")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 0")]
    public void Resolve_DeviceThatIsNone_NamesThoseThereAre(string device) =>
        Assert.Equal($"device is \"{device}\"; must be auto, cpu or cuda:N", Refusal(new ModelOptions { Device = device }));

    [Fact]
    public void Resolve_DeviceThatIsNotThere_SaysHowManyThereAre() =>
        Assert.Matches("^device is \"cuda:99\"; this process sees [0-9]+ CUDA devices$", Refusal(new ModelOptions { Device = "cuda:99" }));

    [Theory]
    [InlineData(ComputeType.Float16)]
    [InlineData(ComputeType.BFloat16)]
    public void Resolve_SixteenBitsOnACpu_IsRefused(ComputeType type) =>
        Assert.Contains($"{type} on the CPU", Refusal(new ModelOptions { Device = "cpu", ComputeType = type }), StringComparison.Ordinal);

    [Fact]
    public void Resolve_Cpu_HasItsTypeAndBudget()
    {
        var placement = ModelPlacement.Resolve(new ModelOptions { Device = "cpu" });
        Assert.Equal(("cpu", torch.ScalarType.Float32, 32L << 20), (placement.Name, placement.Type, placement.SampleBytes));
        Assert.Equal(5, ModelPlacement.Resolve(new ModelOptions { Device = "cpu", SampleBytes = 5 }).SampleBytes);
    }

    [Fact]
    public void Resolve_Auto_IsADeviceThatIsThere() =>
        Assert.Equal(torch.cuda.is_available() ? "cuda:0" : "cpu", ModelPlacement.Resolve(new ModelOptions()).Name);

    private static string Refusal(ModelOptions options) => Assert.Throws<ArgumentException>(() => ModelPlacement.Resolve(options)).Message;
}
