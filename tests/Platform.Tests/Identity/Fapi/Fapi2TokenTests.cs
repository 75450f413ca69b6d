using System.Net;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>At our server: the modules, and what needs two instances or a registration of its own.</summary>
public sealed class Fapi2TokenTests(OurPlace place) : Fapi2TokenModules(place), IClassFixture<OurPlace>
{
    PeopleServer People => place.People;

    // RFC 9449, section 8: who gives nonces may leave the time aside; this server looks at both.
    [Theory]
    [InlineData("iat-old")]
    [InlineData("iat-future")]
    public Task Dpop_negative_tests_of_the_time(string bend) => IsRefusedBent(bend);

    [Fact]
    public async Task Dpop_proofs_are_accepted_once_also_by_another_instance()
    {
        var client = Client();
        var proof = client.Dpop.Proof("POST", client.Addresses.Of(client.Addresses.Token), await Nonce(client));
        await Relying.Json(await Send(client, await client.Code(Place.Open()), proof));

        await Relying.IsError(await Send(client, await client.Code(Place.Open()), proof), "invalid_dpop_proof");
        client.Server = People.Servers[1];
        await Relying.IsError(await Send(client, await Client().Code(Place.Open()), proof), "invalid_dpop_proof");
    }

    [Fact]
    public async Task Ensure_signed_client_assertion_with_RS256_fails_for_a_client_with_bound_tokens()
    {
        var key = SectorKey.Rsa("RS256");
        await People.Register("rs256", registration => registration with { ClientId = "rs256", Jwks = key.Jwks });
        var client = new Relying("rs256", People.Server);

        await Relying.IsError(
            await client.Push(client.Authorization(), assertion: key.Assert("rs256", TimeProvider.System.GetUtcNow())), "invalid_client", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Client_assertions_are_accepted_once_whatever_endpoint_or_instance()
    {
        var client = Client();
        var assertion = client.Assertion();
        await Relying.Json(await client.Push(client.Authorization(), assertion: assertion));

        client.Server = People.Servers[1];
        await Relying.IsError(await client.Push(client.Authorization(), assertion: assertion), "invalid_client", HttpStatusCode.Unauthorized);
    }
}

/// <summary>At npm oidc-provider.</summary>
[Collection(OraclePlace.Name)]
public sealed class OracleTokenTests(OraclePlace place) : Fapi2TokenModules(place);
