using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Api;
using Platform.Api.Callers;
using Platform.Api.Limits;
using Platform.Api.Problems;
using Platform.Domain.Sharing;
using Platform.Hosting;
using Platform.Hosting.Health;

namespace Platform.Load.Peer.Sql;

/// <summary>
/// The same disclosure as an ordinary program on ASP.NET Core and Npgsql. Tokens are checked by the API's own code, so that both pay the same for the
/// same certainty; everything behind that is the peer's.
/// </summary>
internal static class PeerHost
{
    public static async Task<int> Run(PeerSettings settings, CancellationToken cancellation)
    {
        var builder = PlatformHosting.CreateBuilder();
        builder.AddPlatformHosting();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(settings.Urls);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Api:TrustedIssuers:0:Issuer"] = settings.Issuer,
            ["Api:TrustedIssuers:0:Kinds:0"] = nameof(CallerKind.System),
        });
        builder.Services.AddCheckedOptions<ApiOptions>(ApiOptions.Section);
        builder.Services.AddTokens(builder.Configuration.GetSection(ApiOptions.Section).Get<ApiOptions>()!.TrustedIssuers);
        builder.Services.AddPolicies();
        builder.Services.AddSingleton<FailureLimiter>();

        await using var source = Open(settings);
        await PeerSchema.Ensure(source, cancellation);
        var plain = new PlainStore(source);
        var endpoint = new PeerEndpoint(settings.Style == PeerStyle.Tight ? new TightStore(source, plain) : plain);
        await using var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<SenderBinding>();
        app.UseAuthorization();
        app.MapPlatformHealth();
        app.MapPost("/v1/disclosures", endpoint.Answer).RequireAuthorization(Policies.DisclosuresRequest);
        await Console.Out.WriteLineAsync($"peer {settings.Style}, server collection {GCSettings.IsServerGC}");
        await using (cancellation.Register(app.Lifetime.StopApplication))
        {
            await app.RunAsync();
        }

        return 0;
    }

    private static NpgsqlDataSource Open(PeerSettings settings)
    {
        var connection = new NpgsqlConnectionStringBuilder(settings.Database)
        {
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            MinPoolSize = settings.Connections,
            MaxPoolSize = settings.Connections,
            Multiplexing = settings.Multiplexing,
            NoResetOnClose = true,
        };
        return NpgsqlDataSource.Create(connection);
    }
}

/// <summary>How the peer is written.</summary>
internal enum PeerStyle
{
    /// <summary>Several statements in a transaction.</summary>
    Plain = 1,

    /// <summary>One statement.</summary>
    Tight = 2,
}

/// <summary>With what a peer runs.</summary>
internal sealed record PeerSettings(PeerStyle Style, string Database, string Urls, string Issuer, int Connections, bool Multiplexing);

/// <summary>The one operation.</summary>
internal sealed class PeerEndpoint(IPeerStore store)
{
    private readonly FrozenDictionary<(string System, string Purpose, string Path), PeerTerms> _terms = PeerTerms.All(RuleBook.Shipped);

    public async Task Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (await Read(context) is not { } ask)
        {
            var refusal = new PeerRefusal("urn:platform:problem:request.malformed", "The request is not well formed", StatusCodes.Status400BadRequest, "request.malformed");
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsJsonAsync(refusal, PeerJson.Shared.PeerRefusal, Refusal.ContentType, context.RequestAborted);
            return;
        }

        var system = context.Features.Get<TokenClaims>()!.Subject;
        var now = TimeProvider.System.GetUtcNow();
        var request = new PeerRequest(
            Guid.CreateVersion7(now), now, system, ask, Array.ConvertAll(ask.Attributes, path => _terms.GetValueOrDefault((system, ask.Purpose, path))));
        var answer = await store.Disclose(request, context.RequestAborted);
        if (answer.Outcome == "denied")
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsJsonAsync(Denial(answer, context), PeerJson.Shared.PeerDenial, Refusal.ContentType, context.RequestAborted);
            return;
        }

        await context.Response.WriteAsJsonAsync(answer, PeerJson.Shared.PeerAnswer, cancellationToken: context.RequestAborted);
    }

    private static async Task<PeerAsk?> Read(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return null;
        }

        try
        {
            var ask = await context.Request.ReadFromJsonAsync(PeerJson.Shared.PeerAsk, context.RequestAborted);
            return ask?.IsWellFormed() == true ? ask : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PeerDenial Denial(PeerAnswer answer, HttpContext context)
    {
        var code = ErrorCodes.DisclosureDenied;
        return new PeerDenial
        {
            Type = $"urn:platform:problem:{code.Code}",
            Title = code.Title.En,
            TitleVi = code.Title.Vi,
            Status = code.Status,
            Detail = code.WayOut.En,
            DetailVi = code.WayOut.Vi,
            Code = code.Code,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
            Id = answer.Id,
            At = answer.At,
            Outcome = answer.Outcome,
            Purpose = answer.Purpose,
            RuleBook = answer.RuleBook,
            Ledger = answer.Ledger,
            Items = answer.Items,
        };
    }
}
