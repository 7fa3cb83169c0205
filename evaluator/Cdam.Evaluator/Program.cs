using Cdam.Evaluator;

return await EvaluatorHost.RunAsync(args);
