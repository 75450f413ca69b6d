using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Load.Logins;

/// <summary>The identity server of a running province; its people log in at its pages.</summary>
internal static partial class ProvinceTarget
{
    private const string Portal = "portal";

    public static async Task<LoginTarget> Read(HttpClient http, string data, CancellationToken cancellation)
    {
        var province = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(data, "province.json"), cancellation));
        var party = province.GetProperty("relyingParties")[0];
        var machine = province.GetProperty("systems").EnumerateArray().First();
        return await Of(http, province.GetProperty("identity").GetString()!, data, party.GetProperty("redirectUri").GetString()!, machine.GetProperty("clientId").GetString()!, cancellation);
    }

    /// <summary>The target of an issuer whose relying party and machine have their keys in a data folder, and whose people stand there.</summary>
    public static async Task<LoginTarget> Of(HttpClient http, string issuer, string data, string redirectUri, string machine, CancellationToken cancellation)
    {
        var document = await LoginTarget.Discover(http, issuer, cancellation);
        var people = Accounts(data);
        return new LoginTarget
        {
            Name = "province",
            Issuer = issuer,
            Push = Endpoint(document, "pushed_authorization_request_endpoint"),
            Authorize = Endpoint(document, "authorization_endpoint"),
            Token = Endpoint(document, "token_endpoint"),
            ClientId = Portal,
            RedirectUri = redirectUri,
            ClientKey = Key(data, Portal),
            MachineId = machine,
            MachineKey = Key(data, machine),
            LogIn = (browser, page, index) =>
            {
                var person = people[index % people.GetArrayLength()];
                return LogIn(browser, page, person.GetProperty("personalId").GetString()!, person.GetProperty("password").GetString()!, cancellation);
            },
        };
    }

    /// <summary>How many people of a data folder can log in.</summary>
    public static int People(string data) => Accounts(data).GetArrayLength();

    public static Uri Endpoint(JsonElement document, string name) => new(document.GetProperty(name).GetString()!);

    private static JsonElement Accounts(string data) => JsonElement.Parse(File.ReadAllText(Path.Combine(data, "people.json")));

    private static JsonWebKey Key(string data, string client) => new(File.ReadAllText(Path.Combine(data, "keys", $"{client}.jwk")));

    private static async Task<Uri> LogIn(Browser browser, Uri page, string number, string password, CancellationToken cancellation)
    {
        var text = await browser.Http.GetStringAsync(page, cancellation);
        var fields = HiddenField().Matches(text)
            .Select(match => KeyValuePair.Create(match.Groups["name"].Value, match.Groups["value"].Value))
            .DistinctBy(field => field.Key)
            .Append(KeyValuePair.Create("number", number))
            .Append(KeyValuePair.Create("password", password));
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await browser.Http.PostAsync(page, form, cancellation);
        return answer.Headers.Location is { } next
            ? new Uri(page, "/connect/authorize" + new Uri(page, next).Query)
            : throw new RefusedException($"The login was refused: {(int)answer.StatusCode}.", (int)answer.StatusCode);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
