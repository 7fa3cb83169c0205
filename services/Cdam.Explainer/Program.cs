using Cdam.Explainer;

await using var app = ExplainerHost.Build(args);
await app.RunAsync();
