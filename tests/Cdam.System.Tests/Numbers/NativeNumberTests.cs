using Cdam.Attribution.Arithmetic;
using Mono.Cecil;
using TorchSharp;

namespace Cdam.System.Tests.Numbers;

/// <summary>
/// A session on two cores once divided by a number that a garbage collection had freed: TorchSharp passes a native number's address and
/// keeps nothing of its owner. Such a moment cannot be had at will, so that the rule is tested: no call that makes a native number
/// without holding it, in any of our assemblies, whatever overload a package's next version brings.
/// </summary>
public sealed class NativeNumberTests
{
    private static readonly string Folder = AppContext.BaseDirectory;

    /// <summary>TorchSharp's methods that make a native number and do not dispose it, or call one that does.</summary>
    private static readonly Lazy<HashSet<string>> Careless = new(() =>
    {
        using var torch = AssemblyDefinition.ReadAssembly(typeof(Scalar).Assembly.Location);
        var calls = Methods(torch)
            .Where(method => method.DeclaringType.Name is not (nameof(Scalar) or "ScalarExtensionMethods"))
            .ToDictionary(method => method.FullName, method => Called(method).ToArray());
        var careless = calls.Where(method => method.Value.Any(MakesNumber)).Select(method => method.Key).ToHashSet();
        while (calls.Any(method => method.Value.Any(call => careless.Contains(call.FullName)) && careless.Add(method.Key)))
        {
        }

        return careless;
    });

    public static TheoryData<string> Assemblies => [.. Directory.GetFiles(Folder, "Cdam.*.dll").Select(file => Path.GetFileName(file))
        .Where(name => !name.Contains("Tests", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void EveryNativeNumberLivesUntilItsCallIsOver(string assembly)
    {
        using var ours = AssemblyDefinition.ReadAssembly(Path.Combine(Folder, assembly));

        var found = Methods(ours)
            .Where(method => !IsInside(method.DeclaringType, typeof(TensorArithmetic)))
            .SelectMany(method => Called(method)
                .Where(call => MakesNumber(call) || Careless.Value.Contains(call.FullName))
                .Select(call => $"{method.DeclaringType.FullName}.{method.Name} calls {call.FullName}"));

        Assert.Empty(found);
    }

    /// <summary>The one file that may make numbers calls nothing careless with them.</summary>
    [Fact]
    public void TheArithmeticItselfIsCareful()
    {
        using var ours = AssemblyDefinition.ReadAssembly(typeof(TensorArithmetic).Assembly.Location);

        var found = Methods(ours).Where(method => IsInside(method.DeclaringType, typeof(TensorArithmetic)))
            .SelectMany(Called).Where(call => call.Name == "op_Implicit" || Careless.Value.Contains(call.FullName)).Select(call => call.FullName);

        Assert.Empty(found);
    }

    /// <summary>The rule would see what it is for.</summary>
    [Fact]
    public void SumsAndProductsOfTorchSharpAreCareless()
    {
        Assert.Contains(Careless.Value, name => name.Contains("Tensor::op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)", StringComparison.Ordinal));
        Assert.Contains(Careless.Value, name => name.Contains("Tensor::op_Multiply(TorchSharp.torch/Tensor,System.Double)", StringComparison.Ordinal));
        Assert.Contains(Careless.Value, name => name.Contains("Tensor::add_(TorchSharp.Scalar)", StringComparison.Ordinal));
    }

    private static bool MakesNumber(MethodReference call) =>
        (call.DeclaringType.Name == nameof(Scalar) && call.Name is ("op_Implicit" or ".ctor")) || call.Name == "ToScalar";

    private static bool IsInside(TypeDefinition? type, Type outer) =>
        type is not null && (type.FullName == outer.FullName || IsInside(type.DeclaringType, outer));

    private static IEnumerable<MethodReference> Called(MethodDefinition method) =>
        method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();

    private static IEnumerable<MethodDefinition> Methods(AssemblyDefinition assembly) =>
        assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);
}
