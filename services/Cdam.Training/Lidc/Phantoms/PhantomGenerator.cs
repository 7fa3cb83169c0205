using Cdam.Training.Lidc.Phantoms.Files;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Lidc.Phantoms;

/// <summary>Writes phantoms: made-up lung scans with readings, in exactly the layout of LIDC-IDRI, and <see cref="TruthFile"/> beside.</summary>
public static class PhantomGenerator
{
    /// <summary>
    /// Writes patients in parallel. Each folder appears when it is complete; those that an earlier run with the same seed, matrix and VR has
    /// made are kept, so an interrupted run is taken up again and a finished one can be extended. <see cref="TruthFile"/> comes last.
    /// </summary>
    /// <param name="folder">Made where it does not exist. What else is in it is left alone.</param>
    /// <param name="options">What to make.</param>
    /// <param name="progress">Told of each patient done or kept.</param>
    /// <param name="cancellation">Leaves complete patients only.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">Writing fails, or a patient's folder there is another one.</exception>
    public static async Task<PhantomSummary> Write(
        string folder, PhantomOptions options, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Directory.CreateDirectory(folder);
        var truth = new TruthPatient[options.Patients];
        var kept = 0;
        await Parallel.ForAsync(0, options.Patients, cancellation, (index, token) =>
        {
            var patient = PhantomPatient.Draw(options, index + 1);
            var target = new PatientFolder(folder, patient);
            var readings = ScanReadings.Of(patient);
            truth[index] = target.Truth(readings);
            if (target.IsThere())
            {
                Interlocked.Increment(ref kept);
            }
            else
            {
                target.Write(readings, token);
            }

            progress?.Report(patient.Name);
            return ValueTask.CompletedTask;
        });
        new TruthFile { Seed = options.Seed, Matrix = options.Matrix, Patients = truth }.Write(folder);
        return new PhantomSummary(options.Patients - kept, kept, [.. truth.SelectMany(patient => patient.Nodules)]);
    }
}
