namespace Cdam.Explainer.Perturbations;

/// <summary>A stream holds as many pictures as it may.</summary>
internal sealed class TooManyPicturesException(int capacity)
    : Exception($"the stream holds {capacity} pictures; at most {capacity} are kept: release one by release_picture_id, or replace one");
