namespace Platform.Portal.Pages.Shell;

/// <summary>Addresses that a request names are followed only within this portal.</summary>
static class LocalPath
{
    const int Longest = 600;

    /// <summary>A path on this server and nothing that a browser could take for another host.</summary>
    public static bool Is(string? path) =>
        path is ['/', ..] and { Length: <= Longest } && path is not ['/', '/' or '\\', ..] && !path.Any(letter => char.IsControl(letter) || letter == '\\');

    public static string Or(string? path, string otherwise) => Is(path) ? path! : otherwise;
}

/// <summary>See other: the browser gets the address, whatever the method was.</summary>
sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
