namespace Platform.Tests.Identity.People;

/// <summary>An OpenID provider that a relying party of the tests talks to.</summary>
internal interface IProvider
{
    HttpClient Client { get; }

    ProviderAddresses Addresses { get; }
}

/// <summary>How a provider spells its addresses: the issuer in full, the end points below it.</summary>
public sealed record ProviderAddresses(string Issuer, string Authorize, string Par, string Token, string UserInfo)
{
    public static ProviderAddresses Ours { get; } = new(IdentityServer.Issuer, "connect/authorize", "connect/par", "connect/token", "connect/userinfo");

    public string Of(string endPoint) => $"{Issuer.TrimEnd('/')}/{endPoint}";
}

/// <summary>A browser and the person at it.</summary>
internal interface IBrowser
{
    /// <summary>Opens an address; follows nothing.</summary>
    Task<HttpResponseMessage> Get(string address);

    /// <summary>Goes to an authorization request's address and, where the person is asked, agrees; gives the parameters sent to the client.</summary>
    Task<Dictionary<string, string>> Authorize(string address);

    /// <summary>As the other, but the person says no.</summary>
    Task<Dictionary<string, string>> Refuse(string address);
}
