namespace Cdam.Gateway.Hosting;

/// <summary>Which pages of other origins may call the gateway from a browser.</summary>
public sealed class CorsSettings
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";

    /// <summary>For example <c>https://viewer.example</c>; <c>*</c> for all. Default none, which is what browsers refuse by themselves.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];
}
