namespace Platform.Identity.Interactions;

static class Redirects
{
    /// <summary>Sends the browser on with a GET, whatever it came with; the address is one of our own.</summary>
    public static void SeeOther(this HttpContext context, string page, string? interaction = null)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = interaction is null ? page : $"{page}?{InteractionStore.Parameter}={interaction}";
    }
}
