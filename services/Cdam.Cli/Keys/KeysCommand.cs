using System.CommandLine;
using Cdam.Gateway.Access;
using Spectre.Console;

namespace Cdam.Cli.Keys;

/// <summary><c>cdam keys</c>: API keys of a gateway.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "API keys of a gateway.") { Creation() };

    private static Command Creation()
    {
        var id = new Option<string>("--id") { Description = "Who gets it, as the audit log will name the caller: 1 to 64 of a-z, 0-9 and -.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = "explain, evaluate, admin, separated by commas.", Required = true };
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "When it ends, such as 2027-01-31 or 2027-01-31T12:00:00Z; absent: never." };
        var command = new Command("create", "Prints a new key, which is kept nowhere, and its line for the file of Gateway:Access:KeyFile.") { id, scopes, expires };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(scopes).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var key = IssuedKey.Create(parsed.GetRequiredValue(id), wanted, parsed.GetValue(expires)?.ToUniversalTime());

            // No markup and no wrapping: both lines are there to be copied.
            Console.WriteLine(key.Key);
            Console.WriteLine(key.Line);
            CommandErrors.Console.MarkupLine("first line: the key, for its owner, shown only now; second line: for the file of Gateway:Access:KeyFile");
            return 0;
        });
        return command;
    }
}
