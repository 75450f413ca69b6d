using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;

namespace Platform.Load.Logins;

/// <summary>The identity server of a running province; its people log in at its pages.</summary>
internal static partial class ProvinceTarget
{
    public static async Task<LoginTarget> Read(HttpClient http, string data, CancellationToken cancellation)
    {
        var province = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(data, "province.json"), cancellation));
        var people = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(data, "people.json"), cancellation));
        var issuer = province.GetProperty("identity").GetString()!;
        var document = await LoginTarget.Discover(http, issuer, cancellation);
        var party = province.GetProperty("relyingParties")[0];
        var machine = province.GetProperty("systems").EnumerateArray().First();
        return new LoginTarget
        {
            Name = "province",
            Issuer = issuer,
            Push = Endpoint(document, "pushed_authorization_request_endpoint"),
            Authorize = Endpoint(document, "authorization_endpoint"),
            Token = Endpoint(document, "token_endpoint"),
            ClientId = party.GetProperty("clientId").GetString()!,
            RedirectUri = party.GetProperty("redirectUri").GetString()!,
            ClientKey = await Key(party, cancellation),
            MachineId = machine.GetProperty("clientId").GetString()!,
            MachineKey = await Key(machine, cancellation),
            LogIn = (browser, page, index) =>
            {
                var person = people[index % people.GetArrayLength()];
                return LogIn(browser, page, person.GetProperty("personalId").GetString()!, person.GetProperty("password").GetString()!, cancellation);
            },
        };
    }

    public static Uri Endpoint(JsonElement document, string name) => new(document.GetProperty(name).GetString()!);

    private static async Task<JsonWebKey> Key(JsonElement client, CancellationToken cancellation) =>
        new(await File.ReadAllTextAsync(client.GetProperty("keyFile").GetString()!, cancellation));

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
            : throw new RefusedException($"The login was refused: {(int)answer.StatusCode}.");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
