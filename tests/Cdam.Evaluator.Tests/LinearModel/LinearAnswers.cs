using System.Globalization;
using System.Runtime.InteropServices;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;

namespace Cdam.Evaluator.Tests.LinearModel;

/// <summary>What ExplainStream says to one image.</summary>
internal static class LinearAnswers
{
    // Small enough that a matrix takes several chunks.
    private const int ChunkBytes = 1000;

    public static IEnumerable<ExplainStreamResponse> To(ExplainStreamRequest request)
    {
        if (request.Request.Model == "models/refuses")
        {
            var status = WireStatus.FailedPrecondition("models/refuses", "This model has no gradients.", "NO_GRADIENTS");
            return [new ExplainStreamResponse { Id = request.Id, Error = status }];
        }

        if (request.Request.Image.SourceCase == Image.SourceOneofCase.Encoded)
        {
            if (request.Request.Image.Encoded.Length != LinearPicture.Width * LinearPicture.Height * 3)
            {
                return [new ExplainStreamResponse { Id = request.Id, Error = WireStatus.InvalidArgument("image.encoded", "is no picture.") }];
            }

            // The linear model's file format is the pixels themselves.
            request.Request.Image = new Image
            {
                Picture = new Picture { Width = LinearPicture.Width, Height = LinearPicture.Height, Rgb = request.Request.Image.Encoded },
            };
        }

        var rgb = request.Request.Image.Picture.Rgb.ToByteArray();
        var asked = request.Request.Targets.FirstOrDefault();
        var target = Resolve(asked, rgb);
        var output = target.HasOutputIndex ? target.OutputIndex : LinearPicture.OutputOf(asked!.Concept);
        var chunks = Chunks(TokenTensorKind.Tokens, null, Tokens(rgb)).Concat(Chunks(TokenTensorKind.TokenGradients, target, Gradients(output)));
        if (request.Request.Targets is [{ All: true }])
        {
            var other = new ResolvedTarget(target) { OutputIndex = target.OutputIndex + 1, DisplayName = "another" };
            chunks = chunks.Concat(Chunks(TokenTensorKind.TokenGradients, other, Gradients(other.OutputIndex)));
        }

        IEnumerable<MethodSpec> methods = request.Request.Methods.Count == 0 ? [new MethodSpec { Name = "cdam" }] : request.Request.Methods;
        var answers = chunks.Select(chunk => new ExplainStreamResponse { Chunk = chunk })
            .Concat(methods.Select(method => new ExplainStreamResponse { Map = Map(method, target, output, rgb, request.Request.MapOptions.IncludeOverlay) }))
            .Append(new ExplainStreamResponse { Result = Result(request.Request) });
        return answers.Select(answer =>
        {
            answer.Id = request.Id;
            return answer;
        });
    }

    private static ResolvedTarget Resolve(Target? target, byte[] rgb)
    {
        if (target?.Concept is { } concept)
        {
            return new ResolvedTarget { DisplayName = concept.DisplayName, Value = LinearPicture.Logit(LinearPicture.OutputOf(concept), rgb) };
        }

        var output = target?.KindCase == Target.KindOneofCase.Index ? target.Index
            : target?.KindCase == Target.KindOneofCase.Output ? int.Parse(target.Output["output ".Length..], CultureInfo.InvariantCulture)
            : Enumerable.Range(0, LinearPicture.Outputs).MaxBy(c => LinearPicture.Logit(c, rgb));
        return new ResolvedTarget { OutputIndex = output, DisplayName = $"output {output}", Value = LinearPicture.Logit(output, rgb) };
    }

    /// <summary>[CLS] of ones, then each patch's pixels.</summary>
    private static float[] Tokens(byte[] rgb) => Matrix(1, i => rgb[i] / 255f);

    private static float[] Gradients(int output) => Matrix(0, i => LinearPicture.Weight(output, i));

    private static float[] Matrix(float cls, Func<int, float> value) =>
    [
        .. Enumerable.Repeat(cls, LinearPicture.Dim),
        .. from patch in Enumerable.Range(0, LinearPicture.Rows * LinearPicture.Columns)
           from pixel in LinearPicture.PixelsOf(patch)
           from channel in Enumerable.Range(0, 3)
           select value((3 * pixel) + channel),
    ];

    private static IEnumerable<TokenTensorChunk> Chunks(TokenTensorKind kind, ResolvedTarget? target, float[] values)
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        for (var offset = 0; offset < bytes.Length; offset += ChunkBytes)
        {
            var length = Math.Min(ChunkBytes, bytes.Length - offset);
            var chunk = new TokenTensorChunk
            {
                Kind = kind,
                Chunk = new TensorChunk
                {
                    DataType = TensorDataType.Float32,
                    Shape = { values.Length / LinearPicture.Dim, LinearPicture.Dim },
                    Offset = offset,
                    Data = ByteString.CopyFrom(bytes, offset, length),
                    Last = offset + length == bytes.Length,
                },
            };
            if (target is not null)
            {
                chunk.Target = target;
            }

            yield return chunk;
        }
    }

    /// <summary><c>negated</c> ranks as <c>cdam</c> does, the other way round; <c>inflated_cdam</c> claims to be <c>cdam</c>.</summary>
    private static Map Map(MethodSpec spec, ResolvedTarget target, int output, byte[] rgb, bool withOverlay)
    {
        var method = spec.Name;
        var pixels = method == "input_x_gradient";
        var scores = pixels ? LinearPicture.PixelScores(output, rgb) : LinearPicture.PatchScores(output, rgb);
        var factor = method switch { "negated" => -1f, "inflated_cdam" => 2f, _ => 1f };
        var map = new Map
        {
            Method = method == "inflated_cdam" ? "cdam" : method,
            Granularity = pixels ? MapGranularity.Pixel : MapGranularity.Token,
            Rows = pixels ? LinearPicture.Height : LinearPicture.Rows,
            Columns = pixels ? LinearPicture.Width : LinearPicture.Columns,
            Upsampling = method == "gradcam" ? MapUpsampling.Bilinear : MapUpsampling.Unspecified,
            Scores = { LinearNoise.Add(spec, scores).Select(score => factor * score) },
            OverlayPng = ByteString.CopyFromUtf8(withOverlay ? $"{method} over the picture" : ""),
        };
        if (method != "attention")
        {
            map.Target = target;
        }

        return map;
    }

    private static ExplainResponse Result(ExplainRequest request) => new()
    {
        Model = request.Model,
        PreparedImage = new PreparedImage
        {
            Picture = request.Image.Picture,
            SourceWidth = LinearPicture.Width,
            SourceHeight = LinearPicture.Height,
            OriginalWidth = LinearPicture.Width,
            OriginalHeight = LinearPicture.Height,
        },
        TokenLayout = new TokenLayout
        {
            Rows = LinearPicture.Rows,
            Columns = LinearPicture.Columns,
            PatchSize = LinearPicture.Patch,
            PrefixTokenCount = 1,
        },
    };
}
