using System.Net;
using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>A provider with two relying parties and people at browsers, at which modules of the OpenID conformance suite are re-enacted.</summary>
public abstract class ConformancePlace
{
    internal abstract Relying Client { get; }

    internal abstract Relying Other { get; }

    internal virtual ValueTask Begin() => ValueTask.CompletedTask;

    internal abstract IBrowser Open();

    /// <summary>What cannot be trusted is shown to the person and sent nowhere.</summary>
    internal abstract void IsShown(HttpResponseMessage answer);

    /// <summary>The browser got no code: the request was shown to be wrong, or the client was told so.</summary>
    internal virtual void IsRefused(HttpResponseMessage answer) => IsShown(answer);

    /// <summary>The client was not let in.</summary>
    internal virtual Task IsNotAuthenticated(HttpResponseMessage answer) => Relying.IsError(answer, "invalid_client", HttpStatusCode.Unauthorized);
}

/// <summary>Our server, twice on one database before a real silo.</summary>
public sealed class OurPlace : ConformancePlace, IAsyncLifetime
{
    Relying _client = null!;
    Relying _other = null!;

    internal PeopleServer People { get; private set; } = null!;

    internal override Relying Client => _client;

    internal override Relying Other => _other;

    public async ValueTask InitializeAsync()
    {
        People = await PeopleServer.Start(instances: 2);
        _client = await People.Register("client-one");
        _other = await People.Register("client-two");
    }

    public ValueTask DisposeAsync() => People.DisposeAsync();

    internal override IBrowser Open() => People.Open();

    internal override void IsShown(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith("/error?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}

/// <summary>
/// Modules re-enacted (private_key_jwt, DPoP, plain response, unsigned request); a test bears its module's name. The same tests run against our server and
/// against npm oidc-provider, which is certified: what fails there is a mistake of the test.
/// </summary>
public abstract class ConformanceModules(ConformancePlace place) : IAsyncLifetime
{
    protected ConformancePlace Place { get; } = place;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Place.Begin();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The registered relying party, with a verifier and a proof key for this test alone.</summary>
    private protected Relying Client() => Place.Client.Anew();
}
