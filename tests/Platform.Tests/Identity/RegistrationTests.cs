using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Clients;
using Platform.Identity.Storage;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class RegistrationTests : IAsyncLifetime
{
    readonly IdentityPlace _place = new();
    readonly SectorKey _key = SectorKey.Es256();
    Microsoft.AspNetCore.Builder.WebApplication _app = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    SectorClients Clients => _app.Services.GetRequiredService<SectorClients>();

    public async ValueTask InitializeAsync()
    {
        _app = IdentityServer.Build(_place);
        await _app.Services.GetRequiredService<SchemaMigrator>().Migrate(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task Registered_systems_are_listed_with_what_they_may_do()
    {
        await Clients.Register(_key.Registration("tax-dak-nong", SectorScopes.DisclosuresRequest), Ct);
        await Clients.Register(_key.Registration("bhxh-dak-nong", SectorScopes.DocumentsPush, SectorScopes.CatalogueRead), Ct);
        await Clients.SetEnabled("tax-dak-nong", false, Ct);

        var clients = await Clients.List(Ct);

        Assert.Equal(["bhxh-dak-nong", "tax-dak-nong"], clients.Select(client => client.ClientId));
        Assert.Equal(["catalogue.read", "documents.push"], clients[0].Scopes);
        Assert.Equal("Bảo hiểm xã hội tỉnh", clients[0].Name);
        Assert.Equal(["k1"], clients[0].KeyIds);
        Assert.Equal([true, false], clients.Select(client => client.Enabled));
    }

    [Fact]
    public async Task Registering_again_replaces_name_keys_and_scopes()
    {
        await Clients.Register(_key.Registration("tax-dak-nong", SectorScopes.DisclosuresRequest), Ct);
        await Clients.Register(_key.Registration("tax-dak-nong", SectorScopes.DisclosuresRead) with { Name = "Thuế tỉnh" }, Ct);

        var client = Assert.Single(await Clients.List(Ct));
        Assert.Equal("Thuế tỉnh", client.Name);
        Assert.Equal(["disclosures.read"], client.Scopes);
    }

    [Fact]
    public async Task A_system_that_does_not_exist_cannot_be_disabled() => Assert.False(await Clients.SetEnabled("nobody", false, Ct));

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper-Case")]
    [InlineData("with space")]
    [InlineData("with/slash")]
    [InlineData("-leading")]
    [InlineData("line\nbreak")]
    public async Task A_malformed_client_id_is_refused(string clientId) => await IsRefused(_key.Registration(clientId));

    [Fact]
    public async Task A_registration_without_name_or_scope_or_with_an_unknown_scope_is_refused()
    {
        var good = _key.Registration("tax-dak-nong");

        await IsRefused(good with { Name = " " });
        await IsRefused(good with { Name = new string('x', 201) });
        await IsRefused(good with { Scopes = [] });
        await IsRefused(good with { Scopes = ["disclosures.request", "admin"] });
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"BBBB"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-384","x":"AAAA","y":"BBBB"}]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"!!","e":"AQAB"}]}""")]
    public async Task A_key_set_without_usable_public_keys_is_refused(string jwks) =>
        await IsRefused(_key.Registration("tax-dak-nong") with { Jwks = jwks });

    [Fact]
    public async Task A_short_RSA_key_is_refused() => await IsRefused(SectorKey.Rsa("RS256", 1024).Registration("tax-dak-nong"));

    [Fact]
    public async Task Two_keys_with_one_id_are_refused() =>
        await IsRefused(_key.Registration("tax-dak-nong") with { Jwks = $$"""{"keys":[{{_key.PublicJwk}},{{SectorKey.Es256().PublicJwk}}]}""" });

    [Fact]
    public async Task A_private_key_is_refused_and_never_stored()
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, string>>(_key.PublicJwk)!;
        members["d"] = Base64UrlEncoder.Encode(new byte[32]);

        await IsRefused(_key.Registration("tax-dak-nong") with { Jwks = $$"""{"keys":[{{JsonSerializer.Serialize(members)}}]}""" });

        Assert.Empty(await Clients.List(Ct));
    }

    async Task IsRefused(SectorClientRegistration registration)
    {
        var refusal = await Assert.ThrowsAsync<RegistrationRefusedException>(() => Clients.Register(registration, Ct));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }
}
