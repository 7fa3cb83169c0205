using Cdam.V1;

namespace Cdam.Evaluator.Sessions;

/// <summary>Results as the wire carries them.</summary>
internal static class MeasuredMessage
{
    internal static MethodResult Of(MeasuredMethod measured) => new()
    {
        Method = measured.Method,
        Values = { measured.Values.Select(pair => new MetricValue { Metric = pair.Key, Value = pair.Value }) },
        Curves = { measured.Curves.Select(curve => new MetricCurve { Name = curve.Name, X = { curve.X }, Y = { curve.Y } }) },
    };
}
