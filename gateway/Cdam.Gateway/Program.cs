using Cdam.Gateway;

return await GatewayHost.RunAsync(args);
