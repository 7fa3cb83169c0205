namespace Cdam.Attribution.Explanations;

/// <summary>What maps should explain; one target can stand for several outputs.</summary>
public abstract record Target;
