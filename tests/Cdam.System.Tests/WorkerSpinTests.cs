namespace Cdam.System.Tests;

/// <summary>What OpenMP's own library says that it took from the environment when torch loaded it.</summary>
public sealed class WorkerSpinTests
{
    public static readonly TheoryData<string?, string?, string> Settings = new()
    {
        { null, null, "10000" },
        { "GOMP_SPINCOUNT", "77", "77" },
        { "OMP_WAIT_POLICY", "passive", "0" },
        { "OMP_WAIT_POLICY", "active", "30000000000" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task WaitingThreads_SpinBriefly_UnlessTheUserSaysOtherwise(string? variable, string? value, string turns)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only there torch uses GNU's OpenMP");
        var variables = new Dictionary<string, string> { ["OMP_DISPLAY_ENV"] = "verbose" };
        if (variable is not null)
        {
            variables[variable] = value!;
        }

        var result = await CommandLine.Cdam(variables, "verify", Path.Combine(Repository.Root, "tests", "reference", "dino-linear"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"GOMP_SPINCOUNT = '{turns}'", result.Error, StringComparison.Ordinal);
    }
}
