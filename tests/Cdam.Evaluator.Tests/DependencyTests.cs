using System.Reflection;

namespace Cdam.Evaluator.Tests;

public sealed class DependencyTests
{
    /// <summary>libtorch would be some 400 MB of an image that computes nothing with it.</summary>
    [Fact]
    public void Evaluator_ThatDrawsScenes_BringsNoTorch()
    {
        var found = new Dictionary<string, Assembly>();
        Walk(typeof(EvaluatorHost).Assembly, found);

        Assert.Contains("Cdam.Scenes", found.Keys);
        Assert.DoesNotContain(found.Keys, name => name.Contains("torch", StringComparison.OrdinalIgnoreCase) || name == "Cdam.Attribution");
    }

    private static void Walk(Assembly assembly, Dictionary<string, Assembly> found)
    {
        if (found.TryAdd(assembly.GetName().Name!, assembly))
        {
            // What belongs to the system refers to the system alone.
            foreach (var reference in assembly.GetReferencedAssemblies().Where(name => !name.Name!.StartsWith("System", StringComparison.Ordinal)))
            {
                Walk(Assembly.Load(reference), found);
            }
        }
    }
}
