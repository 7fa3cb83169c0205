using System.Reflection;
using Microsoft.Extensions.Options;

namespace Cdam.Explainer.Configuration;

/// <summary>Reads <see cref="ExplainerOptions"/> one by one, so that every fault is found and not only the first.</summary>
internal static class ExplainerOptionsReader
{
    private static readonly PropertyInfo[] Properties = typeof(ExplainerOptions).GetProperties();

    /// <exception cref="OptionsValidationException">An option is unknown, cannot be converted, or is out of range; all are named.</exception>
    public static ExplainerOptions Read(IConfiguration configuration)
    {
        var options = new ExplainerOptions();
        var faults = new List<string>();
        foreach (var entry in configuration.GetSection(ExplainerOptions.Section).GetChildren())
        {
            if (Read(entry, options) is { } fault)
            {
                faults.Add(fault);
            }
        }

        faults.AddRange(ExplainerOptionsRules.Faults(options));
        return faults.Count == 0 ? options : throw new OptionsValidationException(ExplainerOptions.Section, typeof(ExplainerOptions), faults);
    }

    private static string? Read(IConfigurationSection entry, ExplainerOptions options)
    {
        var property = Array.Find(Properties, known => known.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
        if (property is null)
        {
            return $"{entry.Path} ({entry.Value}) must be removed; options are {string.Join(", ", Properties.Select(known => known.Name))}";
        }

        try
        {
            property.SetValue(options, entry.Get(property.PropertyType) ?? property.GetValue(options));
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            return $"{ExplainerOptions.Section}:{property.Name} ({entry.Value}) must be of type {type.Name}";
        }
    }
}
