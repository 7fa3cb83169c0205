using System.IO.Compression;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Page;
using Microsoft.AspNetCore.ResponseCompression;

namespace Cdam.Gateway.Json;

/// <summary>Packs JSON for clients that unpack it: scores as text have several times the bytes that they have in gRPC.</summary>
/// <remarks>
/// Streams are sent as they are, so that each line goes out at once; so are pictures, and gRPC in whatever form. The page's files lie in
/// memory in a better packing than there is time for here.
/// </remarks>
internal static class JsonCompression
{
    internal static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            // By TLS as well. What tells a secret by the length of an answer (BREACH) needs one that has the secret beside text of the
            // attacker's choice: no answer has a key or token in it, and none of another origin's pages can make a browser send one.
            compression.EnableForHttps = true;
            compression.MimeTypes = [JsonError.MediaType];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    internal static void Use(WebApplication app) =>
        app.UseWhen(context => !GrpcCall.Is(context) && !PageFiles.Has(context.Request.Path.Value ?? ""), http => http.UseResponseCompression());
}
