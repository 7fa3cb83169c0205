using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>A feature of a call that the gateway ends itself, whatever the forwarder says of it.</summary>
internal sealed record CallFault(Status Status);
