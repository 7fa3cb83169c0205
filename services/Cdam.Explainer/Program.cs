using Cdam.Explainer;

return await ExplainerHost.RunAsync(args);
