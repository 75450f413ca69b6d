using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Portal.Api;
using Platform.Portal.Api.Shapes;

namespace Platform.Portal.Pages.Ledger;

/// <summary>
/// The whole ledger as one file: a line that says whose it is and where it ends, then a line for each entry. It is written while it is read, a page at a time; entries
/// that come meanwhile are left for the next time. What the API gives is passed on as it is, because it is for the person, not for us, to judge it.
/// </summary>
sealed partial class LedgerDownload(PersonApi api, string subject, LedgerHead head, string fileName, ILogger log) : IResult
{
    const string Format = "citizen-ledger/1";
    const int PageSize = 500;
    const int FlushAt = 64 * 1024;

    // The file is read by programs that know JSON, and never as part of a page.
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Before anything is sent, so that what fails here is told on a page.
        var entries = await After(0);
        var response = httpContext.Response;
        response.ContentType = "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        try
        {
            await Write(response.BodyWriter, entries, httpContext.RequestAborted);
        }
        catch (Exception fault) when (response.HasStarted && fault is ApiFaultException or ApiRefusedException or OperationCanceledException)
        {
            if (!httpContext.RequestAborted.IsCancellationRequested)
            {
                Cut(fault.Message);
            }
            // A connection that breaks is what tells a browser that the file is not whole.
            httpContext.Abort();
        }
    }

    async Task Write(PipeWriter body, ImmutableArray<LedgerItem> entries, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = Json.Encoder });
        var waiting = Line(body, json, new FileHead(Format, subject, head.Seq, head.Hash));
        while (!entries.IsEmpty)
        {
            foreach (var entry in entries.TakeWhile(entry => entry.Seq <= head.Seq))
            {
                waiting += Line(body, json, entry);
                if (waiting >= FlushAt)
                {
                    await body.FlushAsync(ct);
                    waiting = 0;
                }
            }
            await body.FlushAsync(ct);
            waiting = 0;
            entries = await After(entries[^1].Seq);
        }
        await body.FlushAsync(ct);
    }

    async Task<ImmutableArray<LedgerItem>> After(long seq) => seq >= head.Seq
        ? []
        : (await api.GetLong<LedgerPart>($"v1/me/ledger?after={seq}&count={PageSize}")).Require().Entries is var entries && (entries.IsEmpty || entries[^1].Seq > seq)
            ? entries
            : throw new ApiFaultException(ApiFault.Malformed, "The API gives the same part of a ledger again.");

    static long Line<T>(PipeWriter body, Utf8JsonWriter json, T value)
    {
        json.Reset();
        JsonSerializer.Serialize(json, value, Json);
        json.Flush();
        body.Write("\n"u8);
        return json.BytesCommitted;
    }

    sealed record FileHead(string Format, string Subject, long HeadSeq, string HeadHash);

    [LoggerMessage(1, LogLevel.Warning, "A download of a ledger was cut off: {Why}")]
    partial void Cut(string why);
}
