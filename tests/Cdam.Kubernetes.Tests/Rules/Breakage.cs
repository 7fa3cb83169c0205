namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>A rule, a combination, text of what is rendered (its first place is taken), what is put there, and how the fault begins.</summary>
public static class Breakage
{
    private const string Evaluator = "Deployment evaluator: ";
    private const string Container = Evaluator + "container evaluator ";

    public static TheoryData<string, string, string, string, string> Cases => [.. Pods(), .. Names(), .. Settings(), .. Operators(), .. Network()];

    private static TheoryData<string, string, string, string, string> Pods() => new()
    {
        { "containers", "base", "automountServiceAccountToken: false\n      containers", "automountServiceAccountToken: true\n      containers", Evaluator + "mounts its service account" },
        { "containers", "base", "cdam-evaluator:0.1.0", "cdam-evaluator:latest", Container + "has an image without a version (cdam-evaluator:latest)" },
        { "containers", "base", "cdam-evaluator:0.1.0", "host:5000/cdam-evaluator", Container + "has an image without a version" },
        { "containers", "base", "            memory: 512Mi\n", "", Container + "has no request of memory" },
        { "containers", "base", "            cpu: \"2\"\n", "", Container + "has no limit of cpu" },
        { "containers", "base", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", Container + "must have a read-only root" },
        { "containers", "base", "            - ALL\n", "            - NET_RAW\n", Container + "must have a read-only root" },
        { "containers", "base", "runAsNonRoot: true", "runAsNonRoot: false", Evaluator + "must run as 1654" },
        { "containers", "base", "type: RuntimeDefault", "type: Unconfined", Evaluator + "must run as 1654" },
        { "containers", "base", "enableServiceLinks: false", "hostNetwork: true", Evaluator + "must keep out of its node" },
        { "containers", "base", "      - emptyDir:\n          sizeLimit: 1Gi\n", "      - emptyDir: {}\n", Evaluator + "volume tmp has no limit" },
        { "containers", "base", "        - mountPath: /tmp\n          name: tmp\n", "", Container + "has a read-only root and no /tmp" },
        { "containers", "base", "          name: service-key\n", "          name: service-keys\n", Evaluator + "volume service-keys must be both there and mounted" },
        { "containers", "base", "        readinessProbe:\n          grpc:\n            port: 8002\n          periodSeconds: 5\n          timeoutSeconds: 3\n", "", Container + "has no readiness probe" },
        { "containers", "base+postgres", "imageName: ghcr.io/cloudnative-pg/postgresql:17.5", "imageName: ghcr.io/cloudnative-pg/postgresql", "Cluster cdam-postgres: has an image" },
        { "draining", "base", "terminationGracePeriodSeconds: 80", "terminationGracePeriodSeconds: 70", Evaluator + "terminationGracePeriodSeconds (00:01:10)" },
        { "draining", "base", "Explainer__ShutdownTimeout: \"00:00:45\"", "Explainer__ShutdownTimeout: \"00:01:00\"", "Deployment explainer-biomarker: terminationGracePeriodSeconds" },
        { "draining", "base", "              seconds: 40", "              seconds: 34", Evaluator + "preStop (00:00:34) must last" },
        { "draining", "base", "Gateway__DnsRefresh: \"00:00:05\"", "Gateway__DnsRefresh: \"00:00:15\"", Evaluator + "preStop (00:00:40) must last" },
        { "draining", "base", "    type: Recreate", "    type: RollingUpdate", Evaluator + "must be one pod, recreated" },
    };

    private static TheoryData<string, string, string, string, string> Names() => new()
    {
        { "selectors", "base", "  selector:\n    app.kubernetes.io/name: evaluator\n", "  selector:\n    app.kubernetes.io/name: gateway\n", "Service evaluator selects the pods of gateway" },
        { "selectors", "base", "  maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: evaluator\n", "  maxUnavailable: 1\n  selector: {}\n", "PodDisruptionBudget evaluator selects the pods of evaluator, " },
        { "selectors", "base", "      cdam/pool: biomarker\n  strategy", "  strategy", "Deployment explainer-biomarker selects the pods of explainer-biomarker, explainer-class, " },
        { "selectors", "base", "  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: evaluator\n", "  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: evaluators\n", "NetworkPolicy evaluator selects no pod" },
        { "selectors", "base+monitoring", "      values:\n      - evaluator\n      - explainer\n  policyTypes", "      values:\n      - evaluate\n  policyTypes", "NetworkPolicy metrics selects no pod" },
        { "references", "base", "            name: evaluator-settings-", "            name: evaluators-settings-", Evaluator + "there is no ConfigMap evaluators-settings-" },
        { "references", "base", "secretName: cdam-service-key", "secretName: cdam-servant-key", Evaluator + "nobody makes the key key of Secret cdam-servant-key" },
        { "references", "base", "/etc/cdam/keys/keys.jsonl", "/etc/cdam/keys/keys.json", "Deployment gateway: nobody makes the key keys.json of Secret cdam-api-keys" },
        { "references", "base", "claimName: evaluator-data", "claimName: evaluator-date", Evaluator + "there is no PersistentVolumeClaim evaluator-date" },
        { "references", "base", "serviceAccountName: evaluator", "serviceAccountName: evaluators", Evaluator + "there is no ServiceAccount evaluators" },
        { "references", "base+postgres", "              key: password\n", "              key: passwort\n", Evaluator + "nobody makes the key passwort of Secret cdam-postgres-app" },
        { "references", "overlay gpu-cluster", "    kind: Deployment\n    name: explainer-biomarker\n", "    kind: Deployment\n    name: explainer\n", "HorizontalPodAutoscaler explainer-biomarker: there is no Deployment explainer" },
        { "references", "overlay gpu-cluster", "  name: explainer-class\n  namespace: cdam\nspec:\n  selector", "  name: explainer-class\n  namespace: cdam\nspec:\n  replicas: 2\n  selector", "HorizontalPodAutoscaler explainer-class: each time" },
        { "references", "base+ingress", "    - name: gateway\n      port: 8000", "    - name: gateway\n      port: 8001", "GRPCRoute cdam: there is no service gateway with port 8001" },
        { "references", "base+tls+ingress+ingress-tls", "sectionName: grpc", "sectionName: rpc", "BackendTLSPolicy cdam-gateway: there is no service gateway with port rpc" },
        { "references", "base+monitoring", "name: cdam-metrics-key", "name: cdam-metric-key", "ServiceMonitor cdam-gateway: nobody makes" },
        { "files", "base", "/var/lib/cdam/evaluator.db", "/var/lib/evaluator.db", Evaluator + "/var/lib/evaluator.db is neither" },
        { "files", "base", "/app/models/scenes-concepts", "/app/models/scene", "Deployment explainer-concept: /app/models/scene is neither" },
    };

    private static TheoryData<string, string, string, string, string> Settings() => new()
    {
        { "ports", "base", "Gateway__Listen: http://*:8000", "Gateway__Listen: http://*:8005", "Deployment gateway: Gateway__Listen (http://*:8005) must be" },
        { "ports", "base", "            port: 8002", "            port: 8003", Evaluator + "a probe asks gRPC without TLS at 8003" },
        { "ports", "base", "Gateway__Listen: http://", "Gateway__Listen: https://", "Deployment gateway: a probe asks gRPC without TLS at 8000" },
        { "ports", "base", "path: /healthz/live\n            port: metrics", "path: /healthz/live\n            port: grpc", Evaluator + "a probe asks HTTP at grpc" },
        { "ports", "base", "path: /healthz/live", "path: /health", Evaluator + "a probe asks for /health" },
        { "ports", "base", "Evaluator__ExplainerAddress: http://gateway:", "Evaluator__ExplainerAddress: http://gateways:", Evaluator + "Evaluator__ExplainerAddress (http://gateways:8000) must be the address" },
        { "ports", "base", "http://explainer-class:8001", "http://explainer-class:8002", "Deployment gateway: ReverseProxy__Clusters__class__Destinations__pods__Address" },
        { "ports", "base+tls", "Explainer__ConceptService: https:", "Explainer__ConceptService: http:", "Deployment explainer-biomarker: Explainer__ConceptService (http://gateway:8000) must have the scheme" },
        { "ports", "base", "    port: 8002\n    targetPort: grpc", "    port: 8002\n    targetPort: metrics", "Service evaluator: port grpc (8002) must be its pods' port metrics" },
        { "ports", "base+tls", "appProtocol: https", "appProtocol: kubernetes.io/h2c", "Service gateway: port grpc must have the appProtocol https" },
        { "options", "base", "Evaluator__Store__Path", "Evaluator__Store__Pfad", Evaluator + "Evaluator__Store__Pfad is no option" },
        { "options", "base", "Gateway__DnsRefresh:", "Gateway__DnsRefreshes:", "Deployment gateway: Gateway__DnsRefreshes is no option" },
        { "options", "base", "Explainer__Models__0", "Explainer__Model__0", "Deployment explainer-biomarker: Explainer__Model__0 is no option" },
        { "options", "base", "ReverseProxy__Clusters__class__Destinations__pods__Address", "ReverseProxy__Clusters__class__Destination__pods__Address", "Deployment gateway: ReverseProxy__" },
        { "options", "base", "Gateway__Listen:", "Explainer__Listen:", "Deployment gateway: Explainer__Listen is no option of gateway" },
    };

    private static TheoryData<string, string, string, string, string> Operators() => new()
    {
        { "shards", "base+postgres+bench", "  completions: 8\n", "  completions: 10\n", "Job bench: pod 0 of 10 measures the share 0/8" },
        { "shards", "base+postgres+bench", "  completions: 8\n", "  completions: 6\n", "Job bench: parallelism (8)" },
        { "shards", "base+postgres+bench", "--session=$(SESSION)", "--sesion=$(SESSION)", "Job bench: its args are no command" },
        { "shards", "base+postgres+bench", "        - --session=$(SESSION)\n", "", "Job bench: pod 0 of 8: --shard and --session must be given together" },
        { "shards", "base+postgres+bench", "batch.kubernetes.io/controller-uid']", "batch.kubernetes.io/job-name']", "Job bench: $(SESSION) must be" },
        { "shards", "base+postgres+bench", "backoffLimitPerIndex: 5", "backoffLimit: 5", "Job bench: a share that fails" },
        { "metrics", "base+monitoring", "cdam_queue_refusals_total", "cdam_queue_refusal_total", "alert CdamQueueFull: no host has the metric cdam_queue_refusal_total" },
        { "metrics", "base+monitoring", "state=\"healthy\"", "condition=\"healthy\"", "alert CdamPoolEmpty: cdam_gateway_destinations has no label condition" },
        { "metrics", "base+monitoring", "sum by (namespace, pool) (cdam", "sum by (namespace, cluster) (cdam", "alert CdamPoolEmpty: cdam_gateway_destinations has no label cluster" },
        { "metrics", "base+monitoring", "$labels.pool", "$labels.cluster", "alert CdamPoolEmpty mentions the label cluster" },
        { "metrics", "base+monitoring", "cdam_forward_passes_total", "cdam_forward_total", "panel Forward passes a second: no host has" },
        { "metrics", "base+monitoring", "cdam_queue_duration_seconds_bucket", "cdam_queue_duration_seconds", "panel Queue time, 95th percentile: no host has" },
        { "metrics", "base+monitoring+autoscaling-hpa", "name: cdam_queue_age_seconds", "name: cdam_queue_seconds", "HorizontalPodAutoscaler explainer-biomarker: the adapter's rules do not offer" },
        { "metrics", "base+monitoring+autoscaling-hpa", "seriesQuery: 'cdam_queue_age_seconds", "seriesQuery: 'cdam_queue_age", "the adapter's rules: no host has" },
        { "metrics", "base+monitoring+autoscaling-keda", "avg_over_time(cdam_queue_age_seconds", "avg_over_time(cdam_queue_age", "ScaledObject explainer-biomarker: no host has" },
        { "custom kinds", "base+monitoring+autoscaling-keda", "explainer-biomarker-.*", "explainer-class-.*", "ScaledObject explainer-biomarker must ask for the pods of" },
        { "custom kinds", "base+monitoring+autoscaling-keda", "threshold: \"0.5\"", "threshold: half", "ScaledObject explainer-biomarker must ask a Prometheus" },
        { "custom kinds", "base+monitoring+autoscaling-hpa", "minReplicas: 1", "minReplicas: 8", "HorizontalPodAutoscaler explainer-biomarker must keep" },
        { "custom kinds", "base+tls", "  - gateway.cdam.svc\n", "", "Certificate cdam-gateway is not for gateway.cdam.svc" },
        { "custom kinds", "base+postgres", "SSL Mode=VerifyFull", "SSL Mode=Require", "Cluster cdam-postgres: the connection" },
        { "custom kinds", "base+postgres", "max_connections: \"200\"", "max_connections: \"150\"", "Cluster cdam-postgres: 8 pools of 20" },
        { "custom kinds", "base+ingress", "grpc.cdam.example.org", "cdam.example.org", "cdam.example.org is both" },
    };

    private static TheoryData<string, string, string, string, string> Network() => new()
    {
        { "network", "base", "  egress:\n  - ports:\n    - port: 8000\n      protocol: TCP\n    to:", "  egress:\n  - to:", "policies allow evaluator → gateway:8080" },
        { "network", "base", "  egress:\n  - ports:\n    - port: 8000\n", "  egress:\n  - ports:\n    - port: 8001\n", "no policy allows evaluator → gateway:8000" },
        { "network", "base", "  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app.kubernetes.io/name: gateway\n    ports:", "  ingress:\n  - ports:", "policies allow client → evaluator:8002" },
        { "network", "base", "          kubernetes.io/metadata.name: kube-system", "          kubernetes.io/metadata.name: dns", "no policy allows gateway → dns:53" },
        { "network", "base+monitoring", "          kubernetes.io/metadata.name: monitoring", "          kubernetes.io/metadata.name: metrics", "no policy allows monitoring → evaluator:8081" },
        { "network", "base+postgres+bench", "      app.kubernetes.io/name: bench\n  policyTypes", "      app.kubernetes.io/name: benches\n  policyTypes", "no policy allows bench → gateway:8000" },
        { "network", "base+postgres", "      - migrations\n", "", "no policy allows migrations → postgres:5432" },
    };
}
