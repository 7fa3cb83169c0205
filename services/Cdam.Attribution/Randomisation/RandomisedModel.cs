using Cdam.Attribution.Models;

namespace Cdam.Attribution.Randomisation;

/// <summary>A model with some weights re-drawn.</summary>
/// <param name="Stage">The stage that was re-drawn last.</param>
/// <param name="Model">Belongs to whoever yields it.</param>
public sealed record RandomisedModel(WeightStage Stage, ExplainableModel Model);
