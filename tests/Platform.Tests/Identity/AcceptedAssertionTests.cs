using System.Net;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>What real client libraries send.</summary>
public sealed class AcceptedAssertionTests : IAsyncLifetime
{
    const string Client = "bhxh-dak-nong";

    readonly IdentityPlace _place = new();
    IdentityServer _server = null!;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync() => _server = await IdentityServer.Start(_place);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("client-authentication+jwt")]
    public async Task Any_usual_type_is_accepted(string? type)
    {
        var key = await Register(SectorKey.Es256());

        await IsAccepted(key.Assert(Client, Now, type: type));
    }

    [Fact]
    public async Task Any_of_our_addresses_is_accepted_as_audience_alone_or_in_a_list()
    {
        var key = await Register(SectorKey.Es256());
        string[] addresses = [IdentityServer.Issuer, IdentityServer.Issuer.TrimEnd('/'), IdentityServer.TokenEndpoint];

        foreach (var address in addresses)
        {
            await IsAccepted(key.Assert(Client, Now, claims => claims["aud"] = address));
            await IsAccepted(key.Assert(Client, Now, claims => claims["aud"] = new[] { address }));
        }
        await IsAccepted(key.Assert(Client, Now, claims => claims["aud"] = addresses));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task An_RSA_key_is_accepted(string algorithm)
    {
        var key = await Register(SectorKey.Rsa(algorithm));

        await IsAccepted(key.Assert(Client, Now));
    }

    [Fact]
    public async Task A_fractional_expiry_and_a_clock_that_is_a_little_wrong_are_accepted()
    {
        var key = await Register(SectorKey.Es256());

        await IsAccepted(key.Assert(Client, Now, claims => claims["exp"] = Now.AddSeconds(60).ToUnixTimeMilliseconds() / 1000.0));
        await IsAccepted(key.Assert(Client, Now.AddSeconds(20)));
        await IsAccepted(key.Assert(Client, Now, claims => claims["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task Two_systems_may_use_the_same_id()
    {
        var key = await Register(SectorKey.Es256());
        await _server.Clients.Register(key.Registration("evn-dak-nong"), TestContext.Current.CancellationToken);

        await IsAccepted(key.Assert(Client, Now, claims => claims["jti"] = "1"));
        await IsAccepted(key.Assert("evn-dak-nong", Now, claims => claims["jti"] = "1"));
    }

    [Fact]
    public async Task A_system_changes_its_key_without_a_break_by_registering_both_for_a_while()
    {
        var (former, next) = (SectorKey.Es256("2025"), SectorKey.Es256("2026"));
        await Register(former);
        await IsAccepted(former.Assert(Client, Now));

        await _server.Clients.Register(former.Registration(Client) with { Jwks = $$"""{"keys":[{{former.PublicJwk}},{{next.PublicJwk}}]}""" }, TestContext.Current.CancellationToken);
        await IsAccepted(former.Assert(Client, Now));
        await IsAccepted(next.Assert(Client, Now));

        await Register(next);
        await IsAccepted(next.Assert(Client, Now));
        using var refused = await _server.AskToken(former.Assert(Client, Now));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    async Task<SectorKey> Register(SectorKey key)
    {
        await _server.Clients.Register(key.Registration(Client), TestContext.Current.CancellationToken);
        return key;
    }

    async Task IsAccepted(string assertion) => Assert.Equal(HttpStatusCode.OK, (await _server.AskToken(assertion)).StatusCode);
}
