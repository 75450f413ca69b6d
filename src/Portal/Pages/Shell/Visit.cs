using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Platform.Portal.Api;
using Platform.Portal.Login;
using Platform.Portal.Safety;
using Platform.Portal.Sessions;

namespace Platform.Portal.Pages.Shell;

/// <summary>One request for a page: who asks in which language, and what the form says.</summary>
sealed partial class Visit
{
    const int LongestField = 20_000;
    readonly IServiceProvider _services;
    readonly PortalSession? _session;
    Dictionary<string, StringValues> _form = [];
    bool _restored;

    Visit(HttpContext http)
    {
        (Http, _services) = (http, http.RequestServices);
        Words = new Words(Languages.Choose(http));
        _session = SessionDesk.Of(http) ?? Peek();
    }

    public HttpContext Http { get; }

    public CancellationToken Ct => Http.RequestAborted;

    public Words Words { get; }

    public TimeProvider Clock => _services.GetRequiredService<TimeProvider>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public bool IsLoggedIn => _session is not null;

    /// <summary>The person's session; pages that require a login are shown only with one.</summary>
    public PortalSession Session => _session ?? throw new InvalidOperationException("The page was mapped without a policy that needs a login.");

    /// <summary>The API in the person's name.</summary>
    public PersonApi Api => _services.GetRequiredService<ApiClient>().For(Session, Ct);

    /// <summary>Id of the operation that the form asks for, made when the form was shown; a new one for a page.</summary>
    public string Operation { get; private set; } = NewOperation();

    /// <summary>Makes what the form asks for something new, because what it asked for was done or may have been.</summary>
    public void RenewOperation() => Operation = NewOperation();

    public static async ValueTask<Visit?> BindAsync(HttpContext context)
    {
        var visit = new Visit(context);
        if (context.Request.HasFormContentType)
        {
            visit._form = (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(field => field.Key, field => field.Value);
        }
        else if (HttpMethods.IsGet(context.Request.Method) && visit.IsLoggedIn
            && context.RequestServices.GetRequiredService<KeptForms>().Take(context) is { } kept)
        {
            visit._form = kept.Fields.ToDictionary(field => field.Key, field => new StringValues(field.Value));
            visit._restored = true;
        }
        if (OperationId().IsMatch(visit.Field(KeptForms.OperationField)))
        {
            visit.Operation = visit.Field(KeptForms.OperationField);
        }
        return visit;
    }

    /// <summary>The visit with no more of its form than was read, for pages about something that went wrong.</summary>
    public static Visit ForFailure(HttpContext context) => new(context)
    {
        _form = context.Features.Get<IFormFeature>()?.Form?.ToDictionary(field => field.Key, field => field.Value) ?? [],
    };

    public string T(string vi, string en) => Words.T(vi, en);

    /// <summary>A field of the form, or what was typed before logging in again; empty if it is missing, too long or given twice.</summary>
    public string Field(string name) => _form.TryGetValue(name, out var values) && values is [{ Length: <= LongestField } value] ? value.Trim() : "";

    /// <summary>All values of a field, such as ticked boxes.</summary>
    public string[] Fields(string name) => _form.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    /// <summary>A value of the query; empty if it is missing or given twice.</summary>
    public string Query(string name) => Http.Request.Query[name] is [{ Length: <= 200 } value] ? value : "";

    /// <summary>Shows a page.</summary>
    public IResult Page<TPage, TModel>(TModel model, int status = StatusCodes.Status200OK)
        where TPage : PageView<TModel> => new PageResult<TPage, TModel>(this, model, status);

    /// <summary>Goes to another page, as after every form that did something.</summary>
    public static IResult Go(string path) => new SeeOther(path);

    public PageFrame Frame() => new()
    {
        Words = Words,
        Here = HttpMethods.IsGet(Http.Request.Method) ? Http.Request.Path.Value + Http.Request.QueryString.Value : LocalPath.Or(Field(KeptForms.PageField), Addresses.Home),
        FormToken = _session is null ? "" : FormTokens.Make(_session.FormSecret),
        Operation = Operation,
        Person = _session is null ? null : new Person(_session.Party, _session.Name, _session.IdleEnds, Http.Features.Get<UnseenCount>()?.Value ?? 0),
        Restored = _restored,
        Now = Now,
        Account = AccountPages(_services.GetRequiredService<IOptions<PortalOptions>>().Value),
    };

    // They lead back to the page about security.
    static Uri AccountPages(PortalOptions portal) => new(
        portal.Identity!,
        $"account?client_id={Uri.EscapeDataString(portal.ClientId!)}&return={Uri.EscapeDataString(new Uri(portal.PublicAddress!, Addresses.Security).AbsoluteUri)}");

    // A public page shows who is logged in, if somebody is.
    PortalSession? Peek() => _services.GetRequiredService<SessionDesk>().Peek(Http, _services.GetRequiredService<Parties>().Citizen);

    static string NewOperation() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    [GeneratedRegex("^[A-Za-z0-9_-]{22}$")]
    private static partial Regex OperationId();
}

/// <summary>How many notifications nobody looked at, where a page found out.</summary>
sealed record UnseenCount(int Value);
