using Microsoft.Extensions.Logging;

namespace Platform.Hosting.Logging;

sealed class MaskingLogger(ILogger inner) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(new MaskedState(state));

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
        {
            return;
        }
        var masked = exception is null ? null : new MaskedException(exception);
        var safeEvent = eventId.Name is null ? eventId : new EventId(eventId.Id, LogMask.Apply(eventId.Name));
        inner.Log(logLevel, safeEvent, new MaskedState(state), masked, (safe, _) => safe.Mask(formatter(state, exception)));
    }
}
