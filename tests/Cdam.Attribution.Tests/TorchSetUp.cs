using System.Runtime.CompilerServices;
using Cdam.Attribution.Native;

namespace Cdam.Attribution.Tests;

internal static class TorchSetUp
{
#pragma warning disable CA2255 // A test assembly is an application: this is its start.
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Load();
#pragma warning restore CA2255
}
