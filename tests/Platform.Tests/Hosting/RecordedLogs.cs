using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Hosting;

/// <summary>Records everything that a provider can see of a log entry: message, state, scopes, exception.</summary>
public sealed class RecordedLogs : ILoggerProvider, ISupportExternalScope
{
    readonly ConcurrentQueue<string> _entries = [];
    IExternalScopeProvider? _scopes;

    public IReadOnlyList<string> Entries => [.. _entries];

    public string All => string.Join('\n', _entries);

    public ILogger CreateLogger(string categoryName) => new Recorder(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    static void Append(StringBuilder text, object? state)
    {
        text.Append(state).Append('|');
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var (name, value) in pairs)
            {
                text.Append(name).Append('=').Append(value).Append('|');
            }
        }
    }

    sealed class Recorder(RecordedLogs owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = new StringBuilder(formatter(state, exception)).Append('|').Append(eventId.Name).Append('|');
            Append(text, state);
            owner._scopes?.ForEachScope((scope, builder) => Append(builder, scope), text);
            for (var fault = exception; fault is not null; fault = fault.InnerException)
            {
                text.Append(fault).Append('|').Append(fault.Message).Append('|').Append(fault.StackTrace).Append('|');
            }
            owner._entries.Enqueue(text.ToString());
        }
    }
}
