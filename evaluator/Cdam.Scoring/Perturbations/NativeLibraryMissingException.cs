namespace Cdam.Scoring.Perturbations;

/// <summary>OpenCV's native library, or one that it links, is missing on this machine.</summary>
public sealed class NativeLibraryMissingException(Exception cause)
    : Exception("OpenCV's native library could not be loaded; on Debian and Ubuntu, `apt-get install libgtk-3-0` provides what it " +
        $"links. {cause.GetBaseException().Message}", cause);
