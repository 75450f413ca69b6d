using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Platform.Identity.Keys;

namespace Platform.Identity.Engine;

/// <summary>Hands our signing keys to OpenIddict, which signs with the first and publishes them all; again whenever they change.</summary>
sealed class PublishedSigningKeys : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    readonly SigningKeyRing _ring;
    ConfigurationReloadToken _changed = new();

    public PublishedSigningKeys(SigningKeyRing ring)
    {
        _ring = ring;
        ring.Changed += TellOptions;
    }

    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => _changed;

    public void Configure(OpenIddictServerOptions options) =>
        options.SigningCredentials.AddRange(_ring.Published.Select(key => new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256)));

    public void Dispose() => _ring.Changed -= TellOptions;

    void TellOptions() => Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
}
