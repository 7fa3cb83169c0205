using Cdam.V1;

namespace Cdam.Cli.Explaining;

/// <summary>A kind of file that images come in.</summary>
internal interface IImageFiles
{
    /// <summary>What its images are, in the plural, for people.</summary>
    string Noun { get; }

    /// <summary>Reads a file as a request carries it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="Cdam.Attribution.Checkpoints.CheckpointException">It is no file of this kind.</exception>
    Task<Image> Read(string path, CancellationToken cancellation);
}
