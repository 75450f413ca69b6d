using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Login;

/// <summary>How a login is asked for.</summary>
enum LoginPrompt
{
    /// <summary>The person is asked if the identity server needs it.</summary>
    Usual,

    /// <summary>Nobody is asked: it works at once or not at all.</summary>
    None,

    /// <summary>The person proves anew who they are.</summary>
    Again,
}

/// <summary>Sends a browser to the identity server with a pushed request.</summary>
sealed class LoginStart(IdentityClient identity, PendingLogins pending, IOptions<PortalOptions> options)
{
    public async Task<IResult> Go(HttpContext context, Party party, string? back, LoginPrompt prompt)
    {
        using var key = ProofKey.New();
        var login = new PendingLogin
        {
            Party = party.Name,
            State = Random(16),
            Nonce = Random(16),
            Verifier = Random(32),
            Key = key.Store(),
            Return = LocalPath.Is(back) ? back! : party.HomePath,
            Silent = prompt == LoginPrompt.None,
        };
        var request = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["redirect_uri"] = Callback(party),
            ["scope"] = party.Scope,
            ["state"] = login.State,
            ["nonce"] = login.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(login.Verifier))),
            ["code_challenge_method"] = "S256",
            ["acr_values"] = Parties.Level2,
            ["ui_locales"] = Languages.Choose(context),
        };
        if (prompt != LoginPrompt.Usual)
        {
            request["prompt"] = prompt == LoginPrompt.None ? "none" : "login";
        }
        var address = await identity.Push(party, request, key, context.RequestAborted);
        pending.Keep(context, login);
        return new SeeOther(address.AbsoluteUri);
    }

    public string Callback(Party party) => new Uri(options.Value.PublicAddress!, party.CallbackPath).AbsoluteUri;

    static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
