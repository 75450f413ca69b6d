using System.Collections.Immutable;
using System.Globalization;
using OpenIddict.Abstractions;
using Platform.Contracts;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Engine.People;

/// <summary>What an authorization request asks of the person, read strictly: what we cannot honour is refused, not ignored.</summary>
sealed record AuthorizationAsk
{
    const int MaxHint = 200;

    public required int NeededLevel { get; init; }

    public TimeSpan? MaxAge { get; init; }

    public required bool PromptNone { get; init; }

    public required bool PromptLogin { get; init; }

    public required bool PromptConsent { get; init; }

    public string? Language { get; init; }

    public string? LoginHint { get; init; }

    public ImmutableArray<string> Claims { get; init; } = [];

    public ConsentProposal? Consent { get; init; }

    public static (AuthorizationAsk? Ask, AskRefusal? Refusal) Read(OpenIddictRequest request, RelyingParty party)
    {
        if (request.MaxAge is < 0 || (request.GetParameter(Parameters.MaxAge) is { } age && !int.TryParse((string?)age, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return (null, new(Errors.InvalidRequest, "max_age must be a number of seconds, 0 or more."));
        }
        if (request.LoginHint is { Length: > MaxHint })
        {
            return (null, new(Errors.InvalidRequest, $"login_hint may have at most {MaxHint} characters."));
        }
        var levels = request.GetAcrValues().Select(IdentityLevels.Of).ToArray();
        if (levels.Length > 0 && levels.All(level => level == 0))
        {
            return (null, new(UnmetRequirements, $"None of the acr_values can be reached here; known are: {string.Join(' ', IdentityLevels.All)}."));
        }
        var (details, wrongDetails) = ConsentDetails.Read(request, party);
        if (wrongDetails is not null)
        {
            return (null, wrongDetails);
        }
        return (new AuthorizationAsk
        {
            // acr_values come in order of preference, so the first known is what the client wants.
            NeededLevel = Math.Max(Math.Max(party.MinLevel, levels.FirstOrDefault(level => level > 0)), details is null ? 1 : 2),
            MaxAge = request.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            PromptNone = request.HasPromptValue(PromptValues.None),
            PromptLogin = request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount),
            PromptConsent = request.HasPromptValue(PromptValues.Consent),
            Language = LanguageOf(request),
            LoginHint = request.LoginHint,
            Claims = PersonScopes.ClaimsOf(request.GetScopes()),
            Consent = details,
        }, null);
    }

    /// <summary>RFC 9470: an essential level that cannot be reached.</summary>
    public const string UnmetRequirements = "unmet_authentication_requirements";

    /// <summary>The first language of ui_locales that the pages speak, or null.</summary>
    public static string? LanguageOf(OpenIddictRequest request) => (request.UiLocales ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(tag => tag.Split('-')[0])
        .Select(tag => tag.Equals("vi", StringComparison.OrdinalIgnoreCase) ? "vi" : tag.Equals("en", StringComparison.OrdinalIgnoreCase) ? "en" : null)
        .OfType<string>()
        .FirstOrDefault();
}

/// <summary>Why an authorization request is refused, in OAuth's words.</summary>
sealed record AskRefusal(string Error, string Description);
