namespace Cdam.Telemetry.Metrics;

/// <summary>What every host measures beside its own, under OpenTelemetry's standard names.</summary>
public static class StandardMetrics
{
    public static readonly Metric RpcServerCallDuration = new(
        "rpc.server.call.duration", MetricKind.Histogram, "s", "gRPC calls, from their headers to their status.",
        "rpc.system.name", "rpc.method", "rpc.response.status_code");

    /// <summary>The meters of .NET that a host's telemetry takes up.</summary>
    internal static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>All of them. Those of the runtime are the process's, and so the same for all hosts of one process.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        RpcServerCallDuration,
        new("http.server.request.duration", MetricKind.Histogram, "s", "HTTP requests, gRPC calls among them.",
            "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme"),
        new("http.server.active_requests", MetricKind.Gauge, "{request}", "HTTP requests under way.", "http.request.method", "url.scheme"),
        .. Kestrel(),
        .. Runtime(),
    ];

    private static IEnumerable<Metric> Kestrel() =>
    [
        new("kestrel.active_connections", MetricKind.Gauge, "{connection}", "Connections that are open.", "server.address", "server.port"),
        new("kestrel.connection.duration", MetricKind.Histogram, "s", "Connections that have ended.", "server.address", "server.port"),
        new("kestrel.rejected_connections", MetricKind.Counter, "{connection}", "Connections above the limit.", "server.address", "server.port"),
        new("kestrel.queued_connections", MetricKind.Gauge, "{connection}", "Connections that wait to be taken up.", "server.address", "server.port"),
        new("kestrel.queued_requests", MetricKind.Gauge, "{request}", "Requests that wait to be taken up.", "server.address", "server.port"),
        new("kestrel.upgraded_connections", MetricKind.Gauge, "{connection}", "Connections that changed their protocol.", "server.address", "server.port"),
        new("kestrel.tls_handshake.duration", MetricKind.Histogram, "s", "TLS handshakes.", "server.address", "server.port"),
        new("kestrel.active_tls_handshakes", MetricKind.Gauge, "{handshake}", "TLS handshakes under way.", "server.address", "server.port"),
    ];

    private static IEnumerable<Metric> Runtime() =>
    [
        new("dotnet.process.cpu.time", MetricKind.Counter, "s", "Time of processors that the process took.", "cpu.mode"),
        new("dotnet.process.cpu.count", MetricKind.Gauge, "{cpu}", "Processors that the process may use."),
        new("dotnet.process.memory.working_set", MetricKind.Gauge, "By", "Memory of the process that is in RAM."),
        new("dotnet.gc.collections", MetricKind.Counter, "{collection}", "Garbage collections.", "gc.heap.generation"),
        new("dotnet.gc.heap.total_allocated", MetricKind.Counter, "By", "Bytes ever allocated on the managed heap."),
        new("dotnet.gc.last_collection.memory.committed_size", MetricKind.Gauge, "By", "Committed memory at the last collection."),
        new("dotnet.gc.last_collection.heap.size", MetricKind.Gauge, "By", "Heap at the last collection.", "gc.heap.generation"),
        new("dotnet.gc.last_collection.heap.fragmentation.size", MetricKind.Gauge, "By", "Fragments at the last collection.", "gc.heap.generation"),
        new("dotnet.gc.pause.time", MetricKind.Counter, "s", "Time that collections held the process up."),
        new("dotnet.jit.compiled_il.size", MetricKind.Counter, "By", "Intermediate language compiled."),
        new("dotnet.jit.compiled_methods", MetricKind.Counter, "{method}", "Methods compiled."),
        new("dotnet.jit.compilation.time", MetricKind.Counter, "s", "Time spent compiling."),
        new("dotnet.monitor.lock_contentions", MetricKind.Counter, "{contention}", "Locks that were waited for."),
        new("dotnet.thread_pool.work_item.count", MetricKind.Counter, "{work_item}", "Work that the pool has done."),

        // .NET 10 makes counters of these, though they fall, too.
        new("dotnet.thread_pool.thread.count", MetricKind.Counter, "{thread}", "Threads of the pool."),
        new("dotnet.thread_pool.queue.length", MetricKind.Counter, "{work_item}", "Work that waits for the pool."),
        new("dotnet.timer.count", MetricKind.Gauge, "{timer}", "Timers that run."),
        new("dotnet.assembly.count", MetricKind.Gauge, "{assembly}", "Assemblies loaded."),
        new("dotnet.exceptions", MetricKind.Counter, "{exception}", "Exceptions thrown.", "error.type"),
    ];
}
