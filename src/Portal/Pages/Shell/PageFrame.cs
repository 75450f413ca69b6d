using Microsoft.AspNetCore.Components;

namespace Platform.Portal.Pages.Shell;

/// <summary>What every page needs besides its own content.</summary>
public sealed record PageFrame
{
    public required Words Words { get; init; }

    /// <summary>Path and query of the page, as a browser can ask for it again.</summary>
    public required string Here { get; init; }

    /// <summary>Proves that a form is this session's; empty where nobody is logged in.</summary>
    public required string FormToken { get; init; }

    /// <summary>Id of the operation of a form on this page: however often it is sent, it is done once.</summary>
    public required string Operation { get; init; }

    /// <summary>Who is logged in; null for nobody.</summary>
    public required Person? Person { get; init; }

    /// <summary>True if what the form says was typed before the person had to log in again.</summary>
    public required bool Restored { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The identity server's pages about the person's account.</summary>
    public required Uri Account { get; init; }
}

/// <summary>Who is logged in, as the shell shows it.</summary>
/// <param name="Party">Name of the party: a citizen, or an officer at the counter.</param>
/// <param name="Name">The name, if it is known.</param>
/// <param name="Until">When the session ends unless there is a click before.</param>
/// <param name="Unseen">Notifications that were not looked at.</param>
public sealed record Person(string Party, string? Name, DateTimeOffset Until, int Unseen)
{
    public bool IsCitizen => Party == Login.Party.Citizen;
}

/// <summary>A page: rendered on the server, once.</summary>
public abstract class PageView<TModel> : ComponentBase
{
    [Parameter]
    public PageFrame Frame { get; set; } = null!;

    [Parameter]
    public TModel Model { get; set; } = default!;

    protected Words Words => Frame.Words;

    protected string T(string vi, string en) => Words.T(vi, en);

    protected string T(Api.Shapes.LocalText text) => Words.T(text);
}

/// <summary>Nothing to say beyond the page itself.</summary>
public sealed record NoModel
{
    public static NoModel Instance { get; } = new();
}
