using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
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
        services.AddDbContextFactory<StoreContext>((provider, context) => Use(context, provider.GetRequiredService<IOptions<StoreOptions>>().Value));

        // The first hosted service: nothing else starts before the tables are there.
        services.AddHostedService<StoreSetUp>();
    }

    internal static void Use(DbContextOptionsBuilder context, StoreOptions options)
    {
        context.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

        // Migrations are written by hand, for both databases at once, and have no generated snapshot to compare the model with; a test
        // compares the tables themselves.
        context.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        if (options.IsPostgres)
        {
            context.UseNpgsql(options.ConnectionString);
        }
        else
        {
            context.UseSqlite(new SqliteConnectionStringBuilder { DataSource = options.FullPath }.ToString());
        }
    }
}
