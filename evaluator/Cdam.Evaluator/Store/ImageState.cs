namespace Cdam.Evaluator.Store;

/// <summary>Where an image of a session stands; the numbers are stored.</summary>
internal enum ImageState
{
    Outstanding = 0,
    Measured = 1,
    Failed = 2,
}
