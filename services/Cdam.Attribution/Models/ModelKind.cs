namespace Cdam.Attribution.Models;

/// <summary>What a model's outputs are.</summary>
public enum ModelKind
{
    /// <summary>A classifier: one logit a class.</summary>
    Class,

    /// <summary>A backbone without head; targets are concept vectors.</summary>
    Concept,

    /// <summary>Lung CT, one logit: positive means malignant.</summary>
    Malignancy,

    /// <summary>Lung CT, eight regressed biomarkers.</summary>
    Biomarker,
}
