namespace Cdam.Evaluator.Explaining;

/// <summary>An answer to a perturbation.</summary>
/// <param name="Perturbation">Its position in the plan.</param>
/// <param name="Step">The rank plan's step, from 0; 0 for other perturbations.</param>
/// <param name="Value">The target's logit.</param>
internal readonly record struct PerturbedLogit(int Perturbation, int Step, float Value);
