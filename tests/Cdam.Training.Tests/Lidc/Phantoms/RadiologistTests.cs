using Cdam.Training.Lidc.Phantoms;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Tests.Lidc.Phantoms;

/// <summary>Readers differ, but on one nodule: each draws it where it truly is.</summary>
public sealed class RadiologistTests
{
    private static readonly PhantomOptions Options = new() { Patients = 20, Seed = 1, Matrix = 256 };

    [Fact]
    public void Draw_NodulesOfManyPatients_StaysWithTheNodule()
    {
        var different = 0;
        foreach (var readings in Enumerable.Range(1, Options.Patients).Select(number => ScanReadings.Of(PhantomPatient.Draw(Options, number))))
        {
            foreach (var reading in readings.Sessions.SelectMany(session => session.Nodules))
            {
                var truth = readings.Truth[reading.Nodule];
                var shift = reading.Mask.Centroid() - truth.Centroid();
                Assert.InRange(Math.Max(Math.Abs(shift.X), Math.Max(Math.Abs(shift.Y), Math.Abs(shift.Z))), 0, 0.7);
                Assert.InRange(reading.Mask.Dice(truth), 0.9, 1);
                different += reading.Mask.Dice(truth) < 1 ? 1 : 0;
            }
        }

        Assert.True(different > Options.Patients, $"{different} readings differ from the truth: readers should differ");
    }
}
