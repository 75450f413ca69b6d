using System.Text.Json;
using System.Web;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>An app that holds no key: nothing is pushed, nothing is bound, PKCE alone ties the code to it.</summary>
internal static class PublicClient
{
    public static Task<Relying> Register(PeopleServer people, string clientId = "app") =>
        people.Register(clientId, registration => registration with { Jwks = null, SenderConstrained = false });

    public static string Address(Relying app, params (string Name, string? Value)[] changes) =>
        $"{app.Addresses.Authorize}?{string.Join('&', app.Authorization(changes).Select(pair => $"{pair.Key}={HttpUtility.UrlEncode(pair.Value)}"))}";

    public static Task<HttpResponseMessage> Redeem(Relying app, string code, string? verifier = null) => app.Post(app.Addresses.Token, new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = app.ClientId,
        ["code"] = code,
        ["redirect_uri"] = Relying.Redirect,
        ["code_verifier"] = verifier ?? app.Verifier,
    });

    public static Task<HttpResponseMessage> Refresh(Relying app, string token) =>
        app.Post(app.Addresses.Token, new() { ["grant_type"] = "refresh_token", ["client_id"] = app.ClientId, ["refresh_token"] = token });

    public static async Task<HttpResponseMessage> UserInfo(Relying app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Addresses.UserInfo);
        request.Headers.Authorization = new("Bearer", token);
        return await app.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<(Relying App, JsonElement Tokens)> LogIn(PeopleServer people)
    {
        var app = await Register(people);
        var answer = await people.Open().Authorize(Address(app));
        return (app, await Relying.Json(await Redeem(app, answer["code"])));
    }
}
