using Cdam.Training.Lidc;

namespace Cdam.Training.Tests.Lidc;

internal static class Refusal
{
    /// <summary>Checks that something is refused, and that the message holds each of the parts.</summary>
    public static void Assert(Action action, params ReadOnlySpan<string> parts)
    {
        var message = Xunit.Assert.Throws<LidcException>(action).Message;
        foreach (var part in parts)
        {
            // Not Assert.Contains, which cuts the message off after the path.
            Xunit.Assert.True(message.Contains(part, StringComparison.Ordinal), $"'{part}' is not in: {message}");
        }
    }
}
