using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Citizens;
using Platform.Identity.Storage;

namespace Platform.Identity.Sessions;

/// <summary>The names by which others know a person and a session, so that two of them cannot put together what each knows (pairwise, OpenID Connect Core 8.1).</summary>
sealed class Subjects(SharedSecrets secrets)
{
    /// <summary>The sector of the API: a person has one name there, whatever relying party the token was for, so that two approvals are two people.</summary>
    public const string ApiSector = "urn:platform:api";

    /// <summary>The subject by which all relying parties of a sector know a person; the same for ever.</summary>
    public string Of(string sector, PersonalId number) => Make($"sub\0{sector}\0{number.Reveal()}");

    /// <summary>The <c>sid</c> by which one client knows a session.</summary>
    public string SidOf(string clientId, string session) => Make($"sid\0{clientId}\0{session}");

    string Make(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(secrets.Get(SharedSecrets.Subjects), Encoding.UTF8.GetBytes(text)));
}
