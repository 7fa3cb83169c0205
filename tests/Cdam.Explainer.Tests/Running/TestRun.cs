using Cdam.Explainer.Tests.Running;
using Xunit.Sdk;
using Xunit.v3;

// Torch takes all cores for each call: tests side by side would only make each other's clocks lie.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(SharedExplainer))]
[assembly: AssemblyFixture(typeof(SharedLungExplainer))]
