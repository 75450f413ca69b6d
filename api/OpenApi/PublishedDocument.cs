using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Api.OpenApi;

/// <summary>The description that is checked in as <c>api/openapi.json</c>.</summary>
static class PublishedDocument
{
    public const string Name = "v1";

    /// <summary>Writes it without a cluster and without listening: <c>dotnet run --project api -- openapi</c>.</summary>
    public static async Task<string> Write()
    {
        await using var app = ApiHost.Build([], builder =>
        {
            builder.Services.AddSingleton<IGrainFactory>(_ => throw new InvalidOperationException("A description needs no cluster."));
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.None);

            // It would tell standard output of keys that nobody needs here.
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Api:TrustedIssuers:0:Issuer"] = "https://identity.example.vn/",
                ["Api:TrustedIssuers:0:Kinds:0"] = "System",
            });
        });
        await app.StartAsync();
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        await app.StopAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1) + "\n";
    }
}
