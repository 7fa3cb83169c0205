using Cdam.Gateway;
using Cdam.Gateway.Concepts.Store;

return args is [ConceptMigration.Command, .. var settings] ? await ConceptMigration.RunAsync(settings) : await GatewayHost.RunAsync(args);
