using Google.Protobuf.Reflection;

namespace Cdam.Gateway.Json;

/// <summary>How a method is called in JSON over HTTP.</summary>
/// <param name="Verb">For example <c>POST</c>.</param>
/// <param name="Path">Its path.</param>
/// <param name="HasBody">True where the body is the request; otherwise the query is.</param>
/// <param name="Method">The method, unary or server-streaming.</param>
internal sealed record HttpBinding(string Verb, PathTemplate Path, bool HasBody, MethodDescriptor Method)
{
    /// <summary>As gRPC calls it.</summary>
    internal string GrpcPath => $"/{Method.Service.FullName}/{Method.Name}";
}
