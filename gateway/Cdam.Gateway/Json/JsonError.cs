using System.Globalization;
using Google.Rpc;
using HttpResponse = Microsoft.AspNetCore.Http.HttpResponse;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Json;

/// <summary>Answers a plain HTTP request with a google.rpc.Status as JSON.</summary>
internal static class JsonError
{
    internal const string MediaType = "application/json";

    internal static async Task WriteAsync(HttpResponse response, Status status, int? httpCode = null)
    {
        response.StatusCode = httpCode ?? HttpCode.Of((Code)status.Code);
        response.ContentType = MediaType;
        if (status.GetDetail<RetryInfo>()?.RetryDelay is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.ToTimeSpan().TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await using var text = JsonText.Of(JsonText.Writable(status), after: "\n");
        response.ContentLength = text.Length;
        await text.CopyToAsync(response.Body, response.HttpContext.RequestAborted);
    }
}
