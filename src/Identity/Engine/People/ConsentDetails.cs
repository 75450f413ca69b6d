using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using Platform.Contracts;
using Platform.Identity.RelyingParties;

namespace Platform.Identity.Engine.People;

/// <summary>
/// authorization_details (RFC 9396) of the one type that there is: a relying party asks the citizen's consent for the sector system that it belongs to.
/// <code>[{"type":"urn:vn:citizen-consent","purpose":"…","attributes":["…"],"duration_days":365,"data_life_days":30}]</code>
/// </summary>
static class ConsentDetails
{
    public const string Type = "urn:vn:citizen-consent";
    public const string Parameter = "authorization_details";
    public const string Invalid = "invalid_authorization_details";
    const int MaxLength = 8 * 1024;
    const int MaxTargets = 100;
    const int MaxDays = 3650;

    static readonly string[] Members = ["type", "purpose", "attributes", "duration_days", "data_life_days"];

    public static (ConsentProposal? Proposal, AskRefusal? Refusal) Read(OpenIddictRequest request, RelyingParty party)
    {
        if (request.GetParameter(Parameter) is not { } parameter)
        {
            return (null, null);
        }
        if (party.System is not { } system)
        {
            return (null, new(Invalid, "The client is not registered for a sector system, so it cannot ask for consents."));
        }
        var text = (string?)parameter ?? parameter.ToString();
        if (Parse(text) is not { } element || Proposal(element, system, request) is not { } proposal)
        {
            return (null, new(
                Invalid,
                $"authorization_details must be an array of one object of type {Type} with purpose, attributes (1 to {MaxTargets}, each once), duration_days and data_life_days (1 to {MaxDays})."));
        }
        return (proposal, null);
    }

    static JsonElement? Parse(string? text)
    {
        try
        {
            return text is { Length: > 0 and <= MaxLength } ? JsonElement.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static ConsentProposal? Proposal(JsonElement details, string system, OpenIddictRequest request)
    {
        if (details.ValueKind != JsonValueKind.Array || details.GetArrayLength() != 1 || details[0] is not { ValueKind: JsonValueKind.Object } one
            || one.EnumerateObject().Any(member => !Members.Contains(member.Name)) || Text(one, "type") != Type
            || Text(one, "purpose") is not { Length: > 0 and <= 100 } purpose || Texts(one, "attributes") is not { Length: > 0 and <= MaxTargets } targets
            || targets.Distinct().Count() != targets.Length || Days(one, "duration_days") is not { } days || Days(one, "data_life_days") is not { } life)
        {
            return null;
        }
        return new ConsentProposal
        {
            System = system,
            Purpose = purpose,
            Targets = targets,
            Days = days,
            DataLifeDays = life,
            Language = AuthorizationAsk.LanguageOf(request) ?? "vi",
        };
    }

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static ImmutableArray<string>? Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 and <= 200 })
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;

    static int? Days(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days is >= 1 and <= MaxDays
            ? days
            : null;
}
