using System.Collections.Immutable;
using Microsoft.AspNetCore.Authorization;

namespace Platform.Api.Callers;

/// <summary>Who may do what; a policy bears the name of the scope that it asks for.</summary>
static class Policies
{
    public const string DisclosuresRequest = "disclosures.request";
    public const string DisclosuresRead = "disclosures.read";
    public const string DocumentsPush = "documents.push";
    public const string CatalogueRead = "catalogue.read";
    public const string ConsentsRequest = "consents.request";
    public const string MeRead = "me.read";
    public const string MeConsents = "me.consents";
    public const string MeAccount = "me.account";
    public const string MeWrite = "me.write";
    public const string ReportsAnswer = "reports.answer";
    public const string RulesDraft = "rules.draft";
    public const string RulesReview = "rules.review";
    public const string RulesPublish = "rules.publish";
    public const string RulesRead = "rules.read";
    public const string SystemsManage = "systems.manage";

    public const string RuleOwner = "rule-owner";
    public const string OneStopOfficer = "one-stop-officer";

    public static ImmutableArray<AccessRequirement> All { get; } =
    [
        AccessRequirement.ForSystem(DisclosuresRequest),
        AccessRequirement.ForSystem(DisclosuresRead),
        AccessRequirement.ForSystem(DocumentsPush),
        AccessRequirement.ForSystem(CatalogueRead),
        AccessRequirement.ForSystem(ConsentsRequest),
        AccessRequirement.ForCitizen(MeRead),
        AccessRequirement.ForCitizen(MeConsents),
        AccessRequirement.ForCitizen(MeAccount),
        AccessRequirement.ForCitizen(MeWrite),
        AccessRequirement.ForOfficial(ReportsAnswer, OneStopOfficer),
        AccessRequirement.ForStaff(RulesDraft, RuleOwner),
        AccessRequirement.ForStaff(RulesReview, RuleOwner),
        AccessRequirement.ForStaff(RulesPublish, RuleOwner),
        AccessRequirement.ForStaff(SystemsManage, RuleOwner),
        // Whoever may take a step with a book may read books.
        AccessRequirement.ForStaff(RulesRead, RuleOwner) with { Scopes = [RulesDraft, RulesReview, RulesPublish] },
    ];

    public static void AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton<Challenges>();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        foreach (var requirement in All)
        {
            authorization.AddPolicy(requirement.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(requirement));
        }
    }
}
