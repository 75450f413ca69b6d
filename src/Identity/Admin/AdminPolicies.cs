using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Platform.Domain.Citizens;
using Platform.Identity.Engine.People;
using Platform.Identity.RelyingParties;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Admin;

/// <summary>Who may administer what: a role that the person has, and a scope that the relying party was given.</summary>
static class AdminPolicies
{
    /// <summary>Looks after accounts: the officer before whom people appear.</summary>
    public const string Accounts = PersonScopes.AccountsManage;

    /// <summary>Looks after clients and roles.</summary>
    public const string Clients = PersonScopes.ClientsManage;

    public const string OfficerRole = "eid-officer";
    public const string AdministratorRole = "identity-admin";

    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<AdminAudit>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AdminToken>(AdminToken.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Accounts, policy => policy.AddAuthenticationSchemes(AdminToken.SchemeName)
                .RequireClaim(PersonToken.Roles, OfficerRole).RequireClaim("scope", Accounts))
            .AddPolicy(Clients, policy => policy.AddAuthenticationSchemes(AdminToken.SchemeName)
                .RequireClaim(PersonToken.Roles, AdministratorRole).RequireClaim("scope", Clients));
    }
}

/// <summary>The official who calls.</summary>
sealed record AdminCaller(PersonalId Number, string Subject)
{
    public static ValueTask<AdminCaller?> BindAsync(HttpContext context) => ValueTask.FromResult<AdminCaller?>(new AdminCaller(
        PersonalId.Parse(context.User.FindFirst(PersonToken.PersonalId)!.Value), context.User.FindFirst(Claims.Subject)!.Value));
}
