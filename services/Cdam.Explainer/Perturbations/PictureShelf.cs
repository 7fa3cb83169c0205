namespace Cdam.Explainer.Perturbations;

/// <summary>The pictures of one stream.</summary>
internal sealed class PictureShelf(int capacity)
{
    private readonly Dictionary<int, PerturbedPicture> _pictures = [];

    /// <summary>The picture, or null if there is none.</summary>
    public PerturbedPicture? this[int id] => _pictures.GetValueOrDefault(id);

    /// <summary>Keeps a picture in place of one of the same id.</summary>
    /// <exception cref="TooManyPicturesException">All places are taken.</exception>
    public void Put(int id, PerturbedPicture picture)
    {
        if (_pictures.Count >= capacity && !_pictures.ContainsKey(id))
        {
            throw new TooManyPicturesException(capacity);
        }

        _pictures[id] = picture;
    }

    /// <summary>Frees a picture; false if there was none.</summary>
    public bool Remove(int id) => _pictures.Remove(id);
}
