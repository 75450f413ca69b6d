using Microsoft.AspNetCore.Components;
using Platform.Identity.Pages.Account;

namespace Platform.Identity.Pages.Shell;

/// <summary>What every page needs besides its own content.</summary>
public sealed record PageFrame(string Language, string FormToken, string? Handle, string? Path, WayBack? Back = null)
{
    public string T(string vi, string en) => Language == Languages.English ? en : vi;

    public string Link(string path) => Addresses.With(path, Handle);
}

/// <summary>A page: rendered on the server, once.</summary>
public abstract class PageView<TModel> : ComponentBase
{
    [Parameter]
    public PageFrame Frame { get; set; } = null!;

    [Parameter]
    public TModel Model { get; set; } = default!;

    protected string T(string vi, string en) => Frame.T(vi, en);

    protected string Time(DateTimeOffset at) => LocalTime.Write(at, Frame.Language);
}

/// <summary>Nothing to say beyond the page itself.</summary>
public sealed record NoModel
{
    public static NoModel Instance { get; } = new();
}
