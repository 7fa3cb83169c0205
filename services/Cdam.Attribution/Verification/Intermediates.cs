namespace Cdam.Attribution.Verification;

/// <summary>Values on the way that answers do not hold.</summary>
/// <param name="Input">3 × H × W, normalised.</param>
/// <param name="BlockInput">X, n × d.</param>
/// <param name="IntegratedAllTokens">Integrated CDAM on the attention input for every token, n.</param>
internal sealed record Intermediates(float[] Input, float[] BlockInput, float[] IntegratedAllTokens);
