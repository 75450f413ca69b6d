using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Platform.Hosting;
using Xunit;

namespace Platform.Tests.Hosting;

/// <summary>The very lines that a container prints: each is one JSON object, and none tells what is masked, wherever in the entry it stood.</summary>
public sealed class JsonLogTests : IAsyncDisposable
{
    const string Number = "067200012345";
    const string Token = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.eyJpc3MiOiJiaHhoIiwic3ViIjoiYmh4aCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    const string Secret = "correct-horse-battery";

    readonly WebApplication _app;
    readonly Lines _lines;
    readonly ILogger _log;

    public JsonLogTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddPlatformHosting();
        builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        _app = builder.Build();
        _lines = new Lines(_app.Services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Json));
        var factory = _app.Services.GetRequiredService<ILoggerFactory>();
        factory.AddProvider(_lines);
        _log = factory.CreateLogger("Test");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public void Every_masked_kind_is_masked_in_message_state_scope_and_exception()
    {
        var kinds = new[] { Number, Token, $"password={Secret}", $"client_secret: {Secret}", $"Authorization: Bearer {Secret}", $"DPoP {Secret}" };
        foreach (var kind in kinds)
        {
            _log.Log(LogLevel.Information, 0, kind, null, (state, _) => state);
            _log.LogInformation("Read {Subject}", kind);
            using (_log.BeginScope("Scope of {Subject}", kind))
            using (_log.BeginScope(new Dictionary<string, object?> { ["subject"] = kind, [kind] = 1 }))
            {
                _log.LogInformation("In a scope");
            }

            _log.LogError(Thrown(kind), "Failed");
        }

        _log.LogInformation("{Password} {AccessToken}", Secret, Secret);

        Assert.Equal((4 * kinds.Length) + 1, _lines.Written.Count);
        Assert.All(_lines.Written, line =>
        {
            Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind);
            Assert.DoesNotContain('\n', line.TrimEnd('\n'));
            Assert.DoesNotContain(Number, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Token[..20], line, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_line_keeps_what_operators_need()
    {
        using (_log.BeginScope("request {Request}", "r-1"))
        {
            _log.LogWarning(new EventId(7, "ledger"), Thrown("broken pipe"), "Batch of {Count} failed", 3);
        }

        var line = JsonElement.Parse(Assert.Single(_lines.Written));
        Assert.Equal(("Warning", "Test", "Batch of 3 failed"), (Text("LogLevel"), Text("Category"), Text("Message")));
        Assert.Equal("3", line.GetProperty("State").GetProperty("Count").ToString());
        Assert.Contains("broken pipe", Text("Exception"), StringComparison.Ordinal);
        Assert.Contains("r-1", line.GetProperty("Scopes").GetRawText(), StringComparison.Ordinal);
        Assert.EndsWith("Z", Text("Timestamp"), StringComparison.Ordinal);

        string Text(string name) => line.GetProperty(name).GetString()!;
    }

    static InvalidOperationException Thrown(string text)
    {
        try
        {
            throw new InvalidOperationException(text, new FormatException($"inner {text}"));
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }

    sealed class Lines(ConsoleFormatter formatter) : ILoggerProvider, ISupportExternalScope
    {
        IExternalScopeProvider? _scopes;

        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        sealed class Writer(Lines owner, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner._scopes?.Push(state);

            public bool IsEnabled(LogLevel logLevel) => category == "Test";

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                using var text = new StringWriter();
                owner.Formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), owner._scopes, text);
                owner.Written.Add(text.ToString());
            }
        }

        ConsoleFormatter Formatter => formatter;
    }
}
