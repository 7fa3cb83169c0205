using Cdam.Training.Fitting;

namespace Cdam.Training.Tests.Fitting;

public sealed class MetricsLogTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("cdam-metrics-");

    private string File => Path.Combine(_scratch.FullName, "new", "metrics.jsonl");

    [Fact]
    public void Write_Epochs_AddsALineOfJsonEach()
    {
        var log = new MetricsLog(File, epochs: 0);
        log.Write(new { Epoch = 1, TrainLoss = 0.5 });
        log.Write(new { Epoch = 2, TrainLoss = 0.25 });
        Assert.Equal(["{\"epoch\":1,\"train_loss\":0.5}", "{\"epoch\":2,\"train_loss\":0.25}"], System.IO.File.ReadAllLines(File));
    }

    [Fact]
    public void Construct_ForATrainingThatWasSavedEarlier_DropsTheLinesBeyond()
    {
        var log = new MetricsLog(File, epochs: 0);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            log.Write(new { epoch });
        }

        new MetricsLog(File, epochs: 2).Write(new { epoch = 3, again = true });
        Assert.Equal(["{\"epoch\":1}", "{\"epoch\":2}", "{\"epoch\":3,\"again\":true}"], System.IO.File.ReadAllLines(File));
    }

    public void Dispose() => _scratch.Delete(recursive: true);
}
