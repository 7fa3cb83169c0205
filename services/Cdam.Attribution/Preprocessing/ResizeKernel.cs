using System.Text.Json.Serialization;

namespace Cdam.Attribution.Preprocessing;

/// <summary>The filter a picture is resampled with; widened when shrinking, so that nothing aliases.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResizeKernel>))]
public enum ResizeKernel
{
    /// <summary>Triangle, reaching 1 pixel.</summary>
    [JsonStringEnumMemberName("bilinear")]
    Bilinear,

    /// <summary>Cubic convolution with a = −0.5, reaching 2 pixels.</summary>
    [JsonStringEnumMemberName("bicubic")]
    Bicubic,
}
