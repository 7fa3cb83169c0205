using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Google.Protobuf;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Reports;

/// <summary>Everything that is known of a session. Images come before the table, which is made of them as they pass.</summary>
internal static class JsonReport
{
    private const int PieceBytes = 64 * 1024;

    private static readonly JsonFormatter Wire = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    // The file is no part of a page: letters of all languages stay readable.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> Write(
        BenchmarkRow row, BenchmarkSettings settings, IAsyncEnumerable<SettledImage> images)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * PieceBytes);
        await using var json = new Utf8JsonWriter(buffer, Format);
        var table = new MeanTable(settings);
        json.WriteStartObject();
        WriteMessage(json, "benchmark", BenchmarkMessage.Of(row));
        json.WriteStartArray("images");
        await foreach (var image in images)
        {
            table.Add(image.Methods);
            Write(json, image);
            if (json.BytesPending + buffer.WrittenCount >= PieceBytes)
            {
                await json.FlushAsync();
                yield return buffer.WrittenMemory;
                buffer.ResetWrittenCount();
            }
        }

        json.WriteEndArray();
        WriteMessage(json, "table", table.Build());
        json.WriteEndObject();
        await json.FlushAsync();
        yield return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, SettledImage settled)
    {
        json.WriteStartObject();
        json.WriteNumber("position", settled.Image.Position);
        json.WriteString("name", settled.Image.Name);
        if (settled.Image.Error is { } error)
        {
            var status = Status.Parser.ParseFrom(error);
            json.WriteNumber("code", status.Code);
            json.WriteString("error", status.Message);
        }
        else
        {
            json.WriteString("target", settled.Image.Target);
            json.WritePropertyName("results");
            JsonSerializer.Serialize(json, settled.Methods, SessionJson.Options);
        }

        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, IMessage message)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Wire.Format(message));
    }
}
