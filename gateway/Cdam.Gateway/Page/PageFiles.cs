using System.Collections.Frozen;

namespace Cdam.Gateway.Page;

/// <summary>
/// The web page's files, <c>wwwroot</c> of the project. They are embedded, so that the page is there however a host was published and
/// whatever folder it runs in.
/// </summary>
internal static class PageFiles
{
    private const string Folder = "wwwroot/";
    private const string Start = "/index.html";

    private static readonly FrozenDictionary<string, (string MediaType, bool Compress)> Types = new Dictionary<string, (string, bool)>
    {
        [".html"] = ("text/html; charset=utf-8", true),
        [".css"] = ("text/css; charset=utf-8", true),
        [".js"] = ("text/javascript; charset=utf-8", true),
        [".json"] = ("application/json", true),
        [".svg"] = ("image/svg+xml", true),
        [".png"] = ("image/png", false),
        [".jpg"] = ("image/jpeg", false),
        [".nrrd"] = ("application/octet-stream", false),
    }.ToFrozenDictionary();

    // Read when somebody asks for it: most gateways are spoken to by programs alone.
    private static readonly FrozenDictionary<string, Lazy<PageFile>> Files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && Types.ContainsKey(Path.GetExtension(name)))
        .ToFrozenDictionary(name => name[(Folder.Length - 1)..], name => new Lazy<PageFile>(() => Read(name)));

    /// <summary>All paths, for example <c>/js/main.js</c>; <c>/</c> is that of the start beside its own.</summary>
    internal static IEnumerable<string> Paths => Files.Keys.Append("/");

    /// <summary>Whether a path is a file's or that of <see cref="PageFacts"/>, in exactly these letters: everybody may have it.</summary>
    internal static bool Has(string path) => path is "/" or PageFacts.Path || Files.ContainsKey(path);

    internal static void Map(WebApplication app)
    {
        foreach (var path in Paths)
        {
            app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => Files[path == "/" ? Start : path].Value.AnswerAsync(context));
        }

        PageFacts.Map(app);
    }

    private static PageFile Read(string name)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var (mediaType, compress) = Types[Path.GetExtension(name)];
        return new PageFile(bytes, mediaType, compress);
    }
}
