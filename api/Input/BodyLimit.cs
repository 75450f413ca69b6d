namespace Platform.Api.Input;

/// <summary>The largest body that an operation reads, in bytes.</summary>
sealed record BodyLimit(int Bytes)
{
    public static BodyLimit Default { get; } = new(64 * 1024);

    /// <summary>The whole body, or null if it is larger than the limit.</summary>
    public async Task<ReadOnlyMemory<byte>?> Read(HttpRequest request)
    {
        if (request.ContentLength > Bytes)
        {
            return null;
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > Bytes)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }
}
