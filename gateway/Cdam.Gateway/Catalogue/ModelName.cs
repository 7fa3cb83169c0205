namespace Cdam.Gateway.Catalogue;

/// <summary>Names of models, <c>models/{id}</c>.</summary>
internal static class ModelName
{
    private const string Collection = "models/";

    /// <summary>The resource name of what a person may write as the id alone.</summary>
    internal static string Of(string nameOrId) =>
        nameOrId.StartsWith(Collection, StringComparison.Ordinal) ? nameOrId : Collection + nameOrId;

    /// <summary>The id alone, as other protocols name models.</summary>
    internal static string IdOf(string name) => name.StartsWith(Collection, StringComparison.Ordinal) ? name[Collection.Length..] : name;
}
