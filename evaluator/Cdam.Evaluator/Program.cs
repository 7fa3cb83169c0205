using Cdam.Evaluator;
using Cdam.Evaluator.Store;

return args is [StoreMigration.Command, .. var settings] ? await StoreMigration.RunAsync(settings) : await EvaluatorHost.RunAsync(args);
