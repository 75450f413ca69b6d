using Platform.Tests.Identity.People;
using Xunit;

namespace Platform.Tests.Identity.Fapi;

/// <summary>
/// Modules of the OpenID conformance suite re-enacted (private_key_jwt, DPoP, plain response, unsigned request); a test bears its module's name. One
/// server and one relying party serve all tests of a class; each test has a browser of its own.
/// </summary>
public abstract class FapiTest : IClassFixture<FapiTest.Place>
{
    protected FapiTest(Place place) => Current = place;

    private protected Place Current { get; }

    private protected PeopleServer People => Current.People;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected Relying Client() => Current.Client.Anew();

    /// <summary>The shared server.</summary>
    public sealed class Place : IAsyncLifetime
    {
        internal PeopleServer People { get; private set; } = null!;

        internal Relying Client { get; private set; } = null!;

        internal Relying Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            People = await PeopleServer.Start(instances: 2);
            Client = await People.Register("client-one");
            Other = await People.Register("client-two");
        }

        public ValueTask DisposeAsync() => People.DisposeAsync();
    }
}
