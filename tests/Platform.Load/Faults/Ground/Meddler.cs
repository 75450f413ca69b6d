using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Load.Stack;

namespace Platform.Load.Faults.Ground;

/// <summary>
/// A network between clients and one API that holds requests up, sends some twice, at once or long after their answer, and loses some answers. Only while
/// it is told to.
/// </summary>
internal sealed class Meddler : IAsyncDisposable
{
    private static readonly HashSet<string> OfOneHop = new(["Connection", "Transfer-Encoding", "Keep-Alive", "Host", "Content-Length", "Date", "Server"], StringComparer.OrdinalIgnoreCase);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentQueue<Repetition> _repetitions = new();
    private readonly ConcurrentDictionary<Task, bool> _later = new();
    private readonly Uri _api;
    private readonly WebApplication _app;
    private readonly Random _random;

    public Meddler(Uri api, int seed)
    {
        (_api, _random) = (api, new Random(seed));
        Address = new Uri($"http://127.0.0.1:{Ports.Block(1)}/");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        _app = builder.Build();
        _app.Run(Carry);
    }

    public Uri Address { get; }

    public bool Meddles { get; set; }

    /// <summary>Requests that were sent more often than the client did.</summary>
    public IReadOnlyCollection<Repetition> Repetitions => _repetitions;

    public Task Start(CancellationToken cancellation) => _app.StartAsync(cancellation);

    /// <summary>Waits until what was to come later has come.</summary>
    public Task Calm() => Task.WhenAll(_later.Keys);

    public async ValueTask DisposeAsync()
    {
        await Calm();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Carry(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var letter = Letter.Of(context.Request, new Uri(_api, context.Request.Path + context.Request.QueryString), body.ToArray());
        var turn = Meddles ? Draw() : default;
        if (turn.Delay > TimeSpan.Zero)
        {
            await Task.Delay(turn.Delay, TimeProvider.System);
        }

        var twice = turn.Twice ? Repeat(letter, TimeSpan.Zero) : Task.CompletedTask;
        try
        {
            using var answer = await _http.SendAsync(letter.Request());
            var content = await answer.Content.ReadAsByteArrayAsync();
            await twice;
            if (turn.Late > TimeSpan.Zero)
            {
                var late = Repeat(letter, turn.Late);
                _later[late] = true;
            }

            if (turn.LosesAnswer)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfOneHop.Contains(header.Key)))
            {
                context.Response.Headers[name] = values.ToArray();
            }

            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content);
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private Turn Draw()
    {
        lock (_random)
        {
            return new Turn(
                _random.Next(8) == 0 ? TimeSpan.FromMilliseconds(_random.Next(100, 2000)) : TimeSpan.Zero,
                _random.Next(6) == 0,
                _random.Next(6) == 0 ? TimeSpan.FromMilliseconds(_random.Next(500, 6000)) : TimeSpan.Zero,
                _random.Next(20) == 0);
        }
    }

    private async Task Repeat(Letter letter, TimeSpan after)
    {
        if (after > TimeSpan.Zero)
        {
            await Task.Delay(after, TimeProvider.System);
        }

        _repetitions.Enqueue(new Repetition(TimeProvider.System.GetUtcNow(), letter));
        try
        {
            using var unread = await _http.SendAsync(letter.Request());
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            // Nobody waits for it.
        }
    }

    private readonly record struct Turn(TimeSpan Delay, bool Twice, TimeSpan Late, bool LosesAnswer);
}

/// <summary>A request that was sent once more.</summary>
internal sealed record Repetition(DateTimeOffset At, Letter Letter);

/// <summary>A request as it can be sent any number of times.</summary>
internal sealed class Letter
{
    private readonly HttpMethod _method;
    private readonly Uri _address;
    private readonly (string Name, string?[] Values)[] _headers;
    private readonly string? _type;

    private Letter(HttpMethod method, Uri address, (string Name, string?[] Values)[] headers, string? type, byte[] body) =>
        (_method, _address, _headers, _type, Body) = (method, address, headers, type, body);

    public byte[] Body { get; }

    public bool AsksForDisclosure => _method == HttpMethod.Post && _address.AbsolutePath == "/v1/disclosures";

    public static Letter Of(HttpRequest request, Uri address, byte[] body) => new(
        HttpMethod.Parse(request.Method), address,
        [.. request.Headers.Where(header => header.Key is "Authorization" or "Idempotency-Key" or "Accept" or "Accept-Language").Select(header => (header.Key, header.Value.ToArray()))],
        request.ContentType, body);

    public HttpRequestMessage Request()
    {
        var message = new HttpRequestMessage(_method, _address);
        foreach (var (name, values) in _headers)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        if (Body.Length > 0)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", _type);
        }

        return message;
    }
}
