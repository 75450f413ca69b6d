using Microsoft.Extensions.Logging;

namespace Platform.Hosting.Logging;

/// <summary>
/// Masks in front of all providers, so that a provider added later (a file, a collector, a test's recorder) sees masked text only.
/// </summary>
sealed class MaskingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new MaskingLogger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();
}
