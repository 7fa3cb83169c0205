using Cdam.V1;
using Grpc.Core;

namespace Cdam.Cli.Benching;

/// <summary>Saves a benchmark's reports as the evaluator makes them.</summary>
internal sealed class ReportDownload(EvaluatorService.EvaluatorServiceClient evaluator, string benchmark, string folder)
{
    /// <summary>Saves every file of a format.</summary>
    /// <param name="format">Which.</param>
    /// <param name="name">The name of a format's only file; null: as the evaluator calls them.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="IOException">The evaluator names a file outside the folder, or none.</exception>
    public async Task Save(ReportFormat format, string? name, CancellationToken cancellation)
    {
        using var call = evaluator.GetReport(new GetReportRequest { Name = benchmark, Format = format }, cancellationToken: cancellation);
        FileStream? file = null;
        try
        {
            await foreach (var part in call.ResponseStream.ReadAllAsync(cancellation))
            {
                if (part.PartCase == GetReportResponse.PartOneofCase.File)
                {
                    await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
                    file = File.Create(Path.Combine(folder, name ?? Checked(part.File.FileName)));
                    continue;
                }

                await (file ?? throw new IOException($"the evaluator's {format} report begins without a file")).WriteAsync(part.Content.Memory, cancellation);
            }
        }
        finally
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static string Checked(string name) => name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..")
        ? name
        : throw new IOException($"the evaluator names a file \"{name}\"; a name without folder is expected");
}
