using System.Text.RegularExpressions;
using Cdam.V1;

namespace Cdam.Evaluator.Requests;

/// <summary>Refuses requests that cannot be evaluated, before the explainer is bothered.</summary>
internal static partial class RequestCheck
{
    private const int MostMethods = 16;

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the first field at fault.</exception>
    internal static void Check(EvaluateImageRequest request)
    {
        CheckModel(request.Model, "model");
        ImageCheck.Check(request.Image);
        TargetCheck.Check(request.Target);
        if (request.Methods.Count > MostMethods)
        {
            throw RequestFault.Of("methods", $"{request.Methods.Count} methods; at most {MostMethods} are permitted.");
        }

        for (var i = 0; i < request.Methods.Count; i++)
        {
            MethodCheck.Check(request.Methods[i], $"methods[{i}]");
        }

        Percentages.Check(request.Percents);
    }

    internal static void CheckModel(string name, string field)
    {
        if (!ModelName().IsMatch(name))
        {
            throw RequestFault.Of(field, $"'{name}' is not of the form models/{{id}}, the id of letters, digits, '.', '_' and '-'.");
        }
    }

    // The name goes into a header: nothing but visible ASCII may pass.
    [GeneratedRegex(@"\Amodels/[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex ModelName();
}
