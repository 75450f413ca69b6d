using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Platform.Load.Logins;

/// <summary>One person with one relying party: pushes a request, is sent back with a code, redeems it and refreshes, over and over in one session.</summary>
internal sealed class LoginCaller(LoginTarget target, int index) : IDisposable
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private readonly Browser _browser = new(target.Instances);
    private readonly Signer _signer = new();

    /// <summary>Which of the people it is.</summary>
    public int Index => index;

    /// <summary>Which instance is asked from now on, where there are several.</summary>
    public int Instance { set => _browser.Instance = value; }

    /// <summary>A whole login of the protocol; throws if any step is refused.</summary>
    public async Task Login(CancellationToken cancellation)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var pushed = await Post(
            target.Push,
            new()
            {
                ["client_id"] = target.ClientId,
                ["response_type"] = "code",
                ["redirect_uri"] = target.RedirectUri,
                ["scope"] = "openid offline_access me.read",
                ["state"] = "s",
                ["nonce"] = "n",
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
                ["code_challenge_method"] = "S256",
            },
            proved: false,
            cancellation);
        var address = new Uri($"{target.Authorize}?client_id={target.ClientId}&request_uri={HttpUtility.UrlEncode(pushed.GetProperty("request_uri").GetString())}");
        var (reached, page) = await _browser.Follow(address, target.RedirectUri, cancellation);
        if (page is not null && target.LogIn is { } logIn)
        {
            (reached, page) = await _browser.Follow(await logIn(_browser, reached, index), target.RedirectUri, cancellation);
        }

        var code = page is null ? HttpUtility.ParseQueryString(reached.Query)["code"] : null;
        var tokens = await Post(
            target.Token,
            new()
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code ?? throw new InvalidOperationException($"{target.Name} sent no code but to {reached.AbsolutePath}."),
                ["redirect_uri"] = target.RedirectUri,
                ["code_verifier"] = verifier,
            },
            proved: true,
            cancellation);
        await Post(
            target.Token,
            new() { ["grant_type"] = "refresh_token", ["refresh_token"] = tokens.GetProperty("refresh_token").GetString()! },
            proved: true,
            cancellation);
    }

    /// <summary>A token for the machine.</summary>
    public Task MachineToken(CancellationToken cancellation) => Send(
        target.Token,
        new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = target.MachineId,
            ["client_assertion_type"] = AssertionType,
            ["client_assertion"] = Signer.Assertion(target.MachineId, target.Issuer, target.MachineKey),
        },
        proof: null,
        cancellation);

    public void Dispose()
    {
        _browser.Dispose();
        _signer.Dispose();
    }

    private async Task<JsonElement> Post(Uri address, Dictionary<string, string> form, bool proved, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            form["client_id"] = target.ClientId;
            form["client_assertion_type"] = AssertionType;
            form["client_assertion"] = Signer.Assertion(target.ClientId, target.Issuer, target.ClientKey);
            var nonce = _signer.Nonce;
            try
            {
                return await Send(address, form, proved ? _signer.Proof(address) : null, cancellation);
            }
            catch (RefusedException) when (proved && tries == 1 && nonce != _signer.Nonce)
            {
                // The server has named its nonce; the client tries again with it, once.
            }
        }
    }

    private async Task<JsonElement> Send(Uri address, Dictionary<string, string> form, string? proof, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        using var answer = await _browser.Http.SendAsync(request, cancellation);
        if (answer.Headers.TryGetValues("DPoP-Nonce", out var nonces))
        {
            _signer.Nonce = nonces.First();
        }

        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new RefusedException($"{target.Name}: {(int)answer.StatusCode} {text}", (int)answer.StatusCode);
    }
}

/// <summary>A step that the server refused.</summary>
internal sealed class RefusedException(string told, int status = 0) : Exception(told)
{
    /// <summary>The HTTP status; 0 if it was no matter of one.</summary>
    public int Status => status;
}
