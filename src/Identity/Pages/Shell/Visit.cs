using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Identity.Interactions;
using Platform.Identity.Pages.Account;
using Platform.Identity.Pages.Entry;
using Platform.Identity.Sessions;

namespace Platform.Identity.Pages.Shell;

/// <summary>One request for a page: who asks in which language, for which interaction, and what the form says.</summary>
sealed class Visit
{
    const int LongestField = 30 * 1024;
    IFormCollection _form = FormCollection.Empty;

    Visit(HttpContext http) => Http = http;

    public HttpContext Http { get; }

    public CancellationToken Ct => Http.RequestAborted;

    public string Language { get; private set; } = Languages.Vietnamese;

    /// <summary>The interaction that the address names, if it is this browser's and lives.</summary>
    public Interaction? Asked { get; private set; }

    /// <summary>As <see cref="Asked"/>, for pages that are shown only with one.</summary>
    public Interaction Interaction => Asked ?? throw new InvalidOperationException("The page was mapped without NeedsInteraction.");

    /// <summary>The person's live session; pages that need one are shown only with one.</summary>
    public CurrentSession? Current { get; set; }

    public CurrentSession Person => Current ?? throw new InvalidOperationException("The page was mapped without NeedsSession.");

    /// <summary>For pages that need a session: the relying party's page from which the person came.</summary>
    public WayBack? Back { get; set; }

    /// <summary>Set if the body could not be read.</summary>
    public int? BodyFault { get; private set; }

    public static async ValueTask<Visit?> BindAsync(HttpContext context)
    {
        var visit = new Visit(context);
        await visit.ReadForm();
        var interactions = context.RequestServices.GetRequiredService<InteractionStore>();
        visit.Asked = await interactions.Find(context, context.Request.Query[InteractionStore.Parameter], context.RequestAborted);
        visit.Language = Languages.Choose(context, visit.Asked?.Language);
        if (visit.Asked is { } asked && asked.Language != visit.Language && HttpMethods.IsGet(context.Request.Method))
        {
            visit.Asked = await interactions.Save(asked with { Language = visit.Language }, context.RequestAborted)
                ?? await interactions.Find(context, asked.Handle, context.RequestAborted);
        }
        return visit;
    }

    public string T(string vi, string en) => Language == Languages.English ? en : vi;

    /// <summary>A field of the form; empty if it is missing, too long or given twice.</summary>
    public string Field(string name) => _form[name] is [{ Length: <= LongestField } value] ? value : "";

    public string[] Fields(string name) => [.. _form[name].OfType<string>()];

    /// <summary>Reads the interaction anew, because another request may have moved it.</summary>
    public async Task<Interaction?> Reload() =>
        Asked = await Http.RequestServices.GetRequiredService<InteractionStore>().Find(Http, Asked?.Handle, Ct);

    /// <summary>Keeps the interaction; false if another request of this browser was faster.</summary>
    public async Task<bool> Save(Interaction changed)
    {
        if (await Http.RequestServices.GetRequiredService<InteractionStore>().Save(changed, Ct) is not { } saved)
        {
            return false;
        }
        Asked = saved;
        return true;
    }

    public IResult Page<TPage, TModel>(TModel model, int status = StatusCodes.Status200OK)
        where TPage : PageView<TModel>
    {
        var token = Http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(Http).RequestToken!;
        var frame = new PageFrame(Language, token, Asked?.Handle, HttpMethods.IsGet(Http.Request.Method) ? Http.Request.Path.Value : null, Back);
        return new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>The page that says that there is no room right now and when to come back.</summary>
    public IResult Busy()
    {
        Http.Response.Headers.RetryAfter = "5";
        return Page<MessagePage, Message>(Message.Busy, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>See other: the browser gets the address, whatever the method was.</summary>
    public static IResult Go(string path) => new SeeOther(path);

    public IResult GoOn(string path) => Go(Addresses.With(path, Asked?.Handle));

    async Task ReadForm()
    {
        if (!Http.Request.HasFormContentType)
        {
            return;
        }
        try
        {
            _form = await Http.Request.ReadFormAsync(Http.RequestAborted);
        }
        catch (BadHttpRequestException fault)
        {
            BodyFault = fault.StatusCode;
        }
        catch (InvalidDataException)
        {
            BodyFault = StatusCodes.Status400BadRequest;
        }
    }
}

sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
