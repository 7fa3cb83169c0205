using Cdam.Gateway.Hosting;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Cdam.Gateway.Json;

/// <summary>The google.api.http rules of every service that reflection knows: a method that has one needs nothing else here.</summary>
internal static class HttpBindings
{
    internal static readonly IReadOnlyList<HttpBinding> All =
    [
        .. ReflectedServices.Descriptors
            .SelectMany(service => service.Methods)
            .SelectMany(method => Rules(method).Select(rule => Of(rule, method))),
    ];

    /// <summary>The bindings of a path, one for each verb that it takes, with what their variables stand for.</summary>
    internal static IEnumerable<(HttpBinding Binding, IReadOnlyList<string> Values)> Of(string path) =>
        from binding in All
        let values = binding.Path.Match(path)
        where values is not null
        select (binding, values);

    private static IEnumerable<HttpRule> Rules(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? [rule, .. rule.AdditionalBindings] : [];

    private static HttpBinding Of(HttpRule rule, MethodDescriptor method)
    {
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethods.Get, rule.Get),
            HttpRule.PatternOneofCase.Post => (HttpMethods.Post, rule.Post),
            HttpRule.PatternOneofCase.Put => (HttpMethods.Put, rule.Put),
            HttpRule.PatternOneofCase.Patch => (HttpMethods.Patch, rule.Patch),
            HttpRule.PatternOneofCase.Delete => (HttpMethods.Delete, rule.Delete),
            _ => throw new NotSupportedException($"{method.FullName} has an http rule of the kind {rule.PatternCase}"),
        };
        return !method.IsClientStreaming && rule.Body is "" or "*"
            ? new HttpBinding(verb, new PathTemplate(path), rule.Body == "*", method)
            : throw new NotSupportedException($"{method.FullName} has an http rule with body \"{rule.Body}\"; only \"*\" is known, and not for streams of requests");
    }
}
