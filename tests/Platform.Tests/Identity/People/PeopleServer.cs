using System.Collections.Immutable;
using System.Net;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Identity.Interactions;
using Platform.Identity.RelyingParties;
using Platform.Identity.Sessions;
using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.Tests.Identity.People;

/// <summary>Identity servers in front of a real silo, with one citizen who has an account of level 2.</summary>
internal sealed class PeopleServer : IAsyncDisposable
{
    readonly IdentityPlace _place;
    readonly List<IdentityServer> _servers = [];
    Province _province = null!;

    PeopleServer(string? database) => _place = new IdentityPlace(database);

    public TestSilo Silo { get; private set; } = null!;

    public IdentityServer Server => _servers[0];

    public IReadOnlyList<IdentityServer> Servers => _servers;

    public PersonalId Person { get; } = PersonalId.Parse("067185001234");

    public IEidAccountGrain Account => Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IEidAccountGrain>(Person.Reveal());

    public static async Task<PeopleServer> Start(
        int instances = 1, TimeProvider? clock = null, string? database = null, Func<IdentityPlace, Task<Dictionary<string, string?>>>? settings = null,
        TimeProvider? siloClock = null)
    {
        var people = new PeopleServer(database) { _province = await Province.Empty(DatabaseKind.Sqlite, null!) };
        await Platform.Silo.SiloHost.Prepare(people._province.Database);
        await people.Import(people.Person.Reveal(), "1985-03-12");
        people.Silo = await people._province.Start(siloClock);
        for (var instance = 0; instance < instances; instance++)
        {
            await people.AddServer(clock, settings is null ? null : await settings(people._place));
        }

        await people.OpenAccount();
        return people;
    }

    /// <summary>One more instance; gives its number.</summary>
    public async Task<int> AddServer(TimeProvider? clock = null, Dictionary<string, string?>? settings = null)
    {
        _servers.Add(await IdentityServer.Start(_place, clock, settings, grains: Silo.Services.GetRequiredService<IGrainFactory>()));
        return _servers.Count - 1;
    }

    /// <summary>Takes a citizen into the population record.</summary>
    public Task Import(string number, string birthDate) => _province.Import(new CitizenRecord { PersonalId = PersonalId.Parse(number) }.WithAttributes(
        new Provenance { Source = "population", AsOf = TimeProvider.System.GetUtcNow(), Version = 1 },
        AttributeValues.From(new Dictionary<string, string>
        {
            ["profile.fullName"] = "NGUYỄN THỊ HOA",
            ["profile.birthDate"] = birthDate,
            ["profile.sex"] = "2",
        })));

    public async Task<Relying> Register(string clientId = "portal", Func<RelyingPartyRegistration, RelyingPartyRegistration>? change = null)
    {
        var relying = new Relying(clientId, Server);
        var registration = change?.Invoke(relying.Registration) ?? relying.Registration;
        await Server.Services.GetRequiredService<RelyingParties>().Register(registration, TestContext.Current.CancellationToken);
        return relying;
    }

    /// <summary>A browser at which nobody has logged in.</summary>
    public Browser Open(int server = 0) => new(_servers[server], this);

    public async Task<EidSessionView> OpenSession(bool withDevice = true)
    {
        ImmutableArray<CheckedFactor> factors = [new CheckedFactor { Kind = FactorKind.Password }];
        if (withDevice)
        {
            var device = (await Account.GetAccount())!.Devices[0].Id;
            factors = factors.Add(new CheckedFactor { Kind = FactorKind.Approval, DeviceId = device });
        }

        var opened = await Account.OpenSession(new OpenSessionCall { Factors = factors, Place = "test" });
        Assert.Null(opened.Refusal);
        return opened.Session!;
    }

    /// <summary>Puts another citizen on record; gives the account, which is not registered yet.</summary>
    public async Task<IEidAccountGrain> AddPerson(PersonalId number, string name, string birthDate = "1990-05-19")
    {
        await _province.Import(new CitizenRecord { PersonalId = number }.WithAttributes(
            new Provenance { Source = "population", AsOf = TimeProvider.System.GetUtcNow(), Version = 1 },
            AttributeValues.From(new Dictionary<string, string> { ["profile.fullName"] = name, ["profile.birthDate"] = birthDate })));
        return Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IEidAccountGrain>(number.Reveal());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _province.DisposeAsync();
        _place.Dispose();
    }

    async Task OpenAccount()
    {
        var registered = await Account.Register(new RegisterAccountCall
        {
            Holder = EidHolder.Citizen,
            Level = 2,
            Check = new RaiseLevelCall { Official = "officer-1", Place = "Gia Nghĩa", Biometric = "face", At = TimeProvider.System.GetUtcNow().AddMinutes(-1) },
            HolderAgreed = true,
            By = "officer-1",
        });
        Assert.Null(registered.Refusal);
        var password = new PasswordRecord
        {
            Parameters = new PasswordParameters { Salt = new byte[16], MemoryKiB = 19456, Passes = 2 },
            Hash = Enumerable.Repeat((byte)7, 32).ToArray(),
        };
        Assert.Null((await Account.Activate(registered.Secret!, password)).Refusal);
        Assert.Null((await Account.AddDevice(new AddDeviceCall { Name = "phone", SecretHash = new byte[32] })).Refusal);
    }
}

/// <summary>A browser: keeps cookies, follows nothing by itself. Its person logs in by way of the server's parts, without the pages.</summary>
internal sealed class Browser(IdentityServer server, PeopleServer people) : IBrowser
{
    readonly Dictionary<string, string> _cookies = [];
    string? _session;

    public IdentityServer Server { get; set; } = server;

    public async Task<HttpResponseMessage> Get(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await Send(request);
    }

    /// <summary>A request with this browser's cookies, to be sent to any instance.</summary>
    public HttpRequestMessage Request(string address) => WithCookies(new HttpRequestMessage(HttpMethod.Get, address));

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        WithCookies(request);
        var response = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            Keep(cookie);
        }

        return response;
    }

    public async Task<EidSessionView> LogIn(bool withDevice = true, string? interaction = null)
    {
        var session = await people.OpenSession(withDevice);
        _session = session.Id;
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        Server.Services.GetRequiredService<BrowserSessions>().SignIn(context, people.Person, session.Id);
        foreach (var cookie in context.Response.Headers.SetCookie)
        {
            Keep(cookie!);
        }

        if (interaction is not null)
        {
            await Change(interaction, one => one with { AuthenticatedSession = session.Id });
        }

        return session;
    }

    public async Task Change(string interaction, Func<Interaction, Interaction> change)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        var store = Server.Services.GetRequiredService<InteractionStore>();
        var found = await store.Find(context, interaction, TestContext.Current.CancellationToken);
        Assert.NotNull(await store.Save(change(found!), TestContext.Current.CancellationToken));
    }

    /// <summary>Goes to an authorization request's address and, where the person is asked, answers; gives the parameters sent to the client.</summary>
    public async Task<Dictionary<string, string>> Authorize(string address)
    {
        var answer = await Get(address);
        for (var step = 0; step < 5 && Asked(answer) is { } asked; step++)
        {
            await (asked.Page switch
            {
                "/login" => LogIn(interaction: asked.Interaction),
                "/claims" => Change(asked.Interaction, one => one with { ClaimsAnswered = true, AnsweredIn = _session }),
                _ => throw new InvalidOperationException(asked.Page),
            });
            answer = await Get($"connect/authorize?interaction={asked.Interaction}");
        }

        return Parameters(answer);
    }

    public async Task<Dictionary<string, string>> Refuse(string address)
    {
        var asked = Asked(await Get(address))!.Value;
        await Change(asked.Interaction, one => one with { Cancelled = true });
        return Parameters(await Get($"connect/authorize?interaction={asked.Interaction}"));
    }

    public static (string Page, string Interaction)? Asked(HttpResponseMessage answer)
    {
        var location = answer.Headers.Location?.OriginalString ?? "";
        return answer.StatusCode == HttpStatusCode.SeeOther && location.Split("?interaction=") is [var page, var interaction] ? (page, interaction) : null;
    }

    public static Dictionary<string, string> Parameters(HttpResponseMessage answer)
    {
        var location = answer.Headers.Location;
        Assert.True(location?.IsAbsoluteUri, $"{answer.StatusCode} {location}");
        var query = HttpUtility.ParseQueryString(location!.Query);
        return query.AllKeys.ToDictionary(name => name!, name => query[name]!);
    }

    /// <summary>The value of the cookie with this name, whatever is before it; null if there is none.</summary>
    public string? Cookie(string name) => _cookies.FirstOrDefault(cookie => cookie.Key.EndsWith(name, StringComparison.Ordinal)).Value;

    /// <summary>Has the cookies of another browser planted, in the place of its own.</summary>
    public void Plant(Browser other)
    {
        foreach (var (name, value) in other._cookies)
        {
            _cookies[name] = value;
        }
    }

    /// <summary>Loses the cookie with this name, whatever is before it.</summary>
    public void Forget(string name) => _cookies.Remove(_cookies.Keys.Single(one => one.EndsWith(name, StringComparison.Ordinal)));

    HttpRequestMessage WithCookies(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        return request;
    }

    void Keep(string cookie)
    {
        var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var one, var two] ? (one, two) : (cookie, "");
        if (value.Length == 0)
        {
            _cookies.Remove(name);
        }
        else
        {
            _cookies[name] = value;
        }
    }
}
