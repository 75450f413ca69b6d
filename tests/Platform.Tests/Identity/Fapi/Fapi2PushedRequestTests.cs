using System.Net;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>At our server: the modules, and what names our own addresses, is stricter than the profile, or needs two instances.</summary>
public sealed class Fapi2PushedRequestTests(OurPlace place) : Fapi2PushedRequestModules(place), IClassFixture<OurPlace>
{
    PeopleServer People => place.People;

    [Fact]
    public async Task Discovery_end_point_verification()
    {
        var document = await People.Server.GetJson(".well-known/openid-configuration");

        Assert.Equal(IdentityServer.Issuer, document.GetProperty("issuer").GetString());
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.Equal(["S256"], document.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["code"], document.GetProperty("response_types_supported").EnumerateArray().Select(one => one.GetString()));
        Assert.DoesNotContain("none", document.GetProperty("dpop_signing_alg_values_supported").EnumerateArray().Select(one => one.GetString()));
        Assert.All(
            new[] { "authorization_endpoint", "token_endpoint", "pushed_authorization_request_endpoint", "userinfo_endpoint", "jwks_uri" },
            name => Assert.StartsWith("https://", document.GetProperty(name).GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fragment")]
    [InlineData("form_post")]
    [InlineData("web_message")]
    public async Task Response_modes_other_than_query_are_refused(string mode)
    {
        var client = Client();

        Assert.Equal(HttpStatusCode.BadRequest, (await client.Push(client.Authorization(("response_mode", mode)))).StatusCode);
    }

    [Fact]
    public async Task Par_attempt_reuse_request_uri_at_another_instance()
    {
        var address = await Client().PushedAddress();
        Assert.True((await Place.Open().Authorize(address)).ContainsKey("code"));

        Place.IsShown(await People.Open(server: 1).Get(address));
    }
}

/// <summary>At npm oidc-provider.</summary>
[Collection(OraclePlace.Name)]
public sealed class OraclePushedRequestTests(OraclePlace place) : Fapi2PushedRequestModules(place);
