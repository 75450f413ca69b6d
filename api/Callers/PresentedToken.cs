using Microsoft.Net.Http.Headers;

namespace Platform.Api.Callers;

/// <summary>How a request presents its access token.</summary>
enum Presentation
{
    /// <summary>There is no Authorization header.</summary>
    None = 0,

    /// <summary>RFC 6750.</summary>
    Bearer = 1,

    /// <summary>RFC 9449: with a proof in the DPoP header.</summary>
    Dpop = 2,

    /// <summary>More than one header: which of them counts would be a guess.</summary>
    Several = 3,

    /// <summary>Anything else.</summary>
    Unknown = 4,
}

/// <summary>The access token of a request, not looked into yet.</summary>
sealed record PresentedToken(Presentation By, string Text)
{
    const string BearerPrefix = "Bearer ";
    const string DpopPrefix = "DPoP ";

    public static PresentedToken Of(HttpContext context)
    {
        if (context.Features.Get<PresentedToken>() is not { } presented)
        {
            presented = Read(context);
            context.Features.Set(presented);
        }

        return presented;
    }

    static PresentedToken Read(HttpContext context) => context.Request.Headers[HeaderNames.Authorization] switch
    {
        [] => new(Presentation.None, ""),
        [{ } header] when After(header, BearerPrefix) is { } token => new(Presentation.Bearer, token),
        [{ } header] when After(header, DpopPrefix) is { } token => new(Presentation.Dpop, token),
        [_, _, ..] => new(Presentation.Several, ""),
        _ => new(Presentation.Unknown, ""),
    };

    static string? After(string header, string prefix) =>
        header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && header[prefix.Length..].Trim() is { Length: > 0 } token ? token : null;
}
