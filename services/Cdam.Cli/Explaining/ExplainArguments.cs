using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Cdam.V1.Clients;
using Spectre.Console;

namespace Cdam.Cli.Explaining;

/// <summary>What a command line asks for, but for the images.</summary>
/// <param name="Model">A model's id on the server; without a server, a model folder.</param>
/// <param name="Server">Null: the work is done in this process.</param>
/// <param name="Output">Folder for the results.</param>
/// <param name="Request">Targets, methods and options.</param>
/// <param name="Access">Of <paramref name="Server"/>.</param>
internal sealed record ExplainArguments(string Model, string? Server, string Output, ExplainRequest Request, ClientAccess Access)
{
    /// <summary>Explains files, whose images are read as told; faults of single ones are reported, and the rest go on.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(IReadOnlyList<string> files, IImageFiles images, CancellationToken cancellation)
    {
        await using var connection = Server is null
            ? await ExplainerConnection.InProcess(Model, cancellation)
            : ExplainerConnection.ToServer(Server, Access);
        Request.Model = $"models/{(Server is null ? ModelManifest.Read(Model).Id : Model)}";
        var description = await connection.Client.GetModelAsync(new GetModelRequest { Name = Request.Model }, cancellationToken: cancellation);
        if (description.Model.RandomWeights)
        {
            CommandErrors.Console.MarkupLineInterpolated($"{Model} has random weights: its maps mean nothing.");
        }

        var run = new ExplainRun(connection.Client, Request, description.Model.Outputs, images, Output);
        return await run.Explain(files, cancellation) ? 0 : 1;
    }
}
