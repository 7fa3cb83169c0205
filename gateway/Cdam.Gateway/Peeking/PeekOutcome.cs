namespace Cdam.Gateway.Peeking;

/// <summary>What is known of a call's first message.</summary>
internal enum PeekOutcome
{
    /// <summary>More bytes are needed.</summary>
    Reading,

    /// <summary>The model's name was read.</summary>
    Named,

    /// <summary>The message is complete and names no model.</summary>
    Unnamed,

    /// <summary>The bytes are no gRPC message, or no message of protobuf.</summary>
    Malformed,

    /// <summary>No name within the bytes that may be looked at.</summary>
    TooFar,

    /// <summary>Compressed in a way that the gateway cannot read.</summary>
    UnknownEncoding,

    /// <summary>The stream ended before its first message did.</summary>
    Ended,

    /// <summary>Nothing came for too long.</summary>
    Silent,
}
