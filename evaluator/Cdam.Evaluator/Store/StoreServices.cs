using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Store;

/// <summary>What the store needs of the host.</summary>
internal static class StoreServices
{
    internal static void Add(IServiceCollection services)
    {
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsCheck>();
        services.AddSingleton<StorePatience>();
        services.AddDbContextFactory<StoreContext>((provider, context) => provider.GetRequiredService<IOptions<StoreOptions>>().Value.Place.Use(context));

        // The first hosted service: nothing else starts before the tables are there.
        services.AddHostedService<StoreSetUp>();
    }
}
