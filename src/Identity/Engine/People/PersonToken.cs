namespace Platform.Identity.Engine.People;

/// <summary>Claims that travel inside encrypted codes and refresh tokens and go nowhere else, and names of claims in tokens that others read.</summary>
static class PersonToken
{
    public const string Number = "eid_number";
    public const string Session = "eid_session";
    public const string InnerStay = "eid_stay";
    public const string BoundKey = "eid_jkt";
    public const string Details = "eid_details";

    /// <summary>In an access token that is for nobody but this server: number, session and stay, encrypted.</summary>
    public const string Reference = "ref";

    public const string PersonalId = "personal_id";
    public const string SessionId = "sid";

    /// <summary>The relying party's stay in the session: what it got in an earlier one does not count.</summary>
    public const string Stay = "stay";
    public const string Roles = "roles";
    public const string Confirmation = "cnf";
    public const string AuthTime = "auth_time";
}
