using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting;
using Xunit;

namespace Platform.Tests.Hosting;

public sealed class MaskedLoggingTests : IAsyncDisposable
{
    const string Number = "067200012345";
    const string Masked = "067*****2345";
    const string Token = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIn0.eyJpc3MiOiJiaHhoIiwic3ViIjoiYmh4aCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

    readonly RecordedLogs _logs = new();
    readonly WebApplication _app;
    readonly ILogger _log;

    public MaskedLoggingTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddPlatformHosting();
        _app = builder.Build();
        var factory = _app.Services.GetRequiredService<ILoggerFactory>();
        factory.AddProvider(_logs);
        _log = factory.CreateLogger("Test");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public void Arguments_are_masked_in_the_message_and_in_the_state()
    {
        _log.LogInformation("Read {Subject} at {Path} with {Token}", Number, $"/people/{Number}", Token);

        HidesAll();
        Assert.Contains($"Read {Masked} at /people/{Masked} with [token]", _logs.All, StringComparison.Ordinal);
        Assert.Contains($"Subject={Masked}|", _logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_logged_as_a_number_in_a_list_or_in_an_object_is_masked()
    {
        _log.LogInformation("{A} {B} {C} {D} {E}", 67200012345L * 10, new[] { Number, Number }, new Citizen(Number), 670200012345m, new Uri($"https://a/{Number}"));
        _log.LogInformation("{Ids}", new long[] { 670200012345 });

        Assert.DoesNotMatch("[0-9]{12}", _logs.All);
    }

    [Fact]
    public void A_credential_is_hidden_by_its_name()
    {
        _log.LogInformation("Form {ClientAssertion} {Password}", "first-secret", "second-secret");
        _log.Log(LogLevel.Information, 0, new Dictionary<string, object?> { ["client_assertion"] = "third-secret" }, null, (_, _) => "Form");

        Assert.Contains("Form [secret] [secret]|", _logs.All, StringComparison.Ordinal);
        Assert.Contains("ClientAssertion=[secret]|Password=[secret]|", _logs.All, StringComparison.Ordinal);
        Assert.Contains("client_assertion=[secret]|", _logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("-secret", _logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_without_a_template_is_masked()
    {
        _log.Log(LogLevel.Error, new EventId(1, $"event {Number}"), $"plain {Number}", null, (state, _) => $"{state} and {Number}");

        HidesAll();
    }

    [Fact]
    public void Exceptions_are_masked_down_to_the_innermost()
    {
        try
        {
            Fail();
        }
        catch (InvalidOperationException fault)
        {
            _log.LogError(fault, "Failed");
        }

        HidesAll();
        Assert.Contains(nameof(Fail), _logs.All, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", _logs.All, StringComparison.Ordinal);

        static void Fail() => throw new InvalidOperationException(
            $"outer {Number}", new AggregateException(new FormatException($"inner {Number}"), new ArgumentException($"other {Token}", Number)));
    }

    [Fact]
    public void Scopes_are_masked_whatever_they_are_made_of()
    {
        using (_log.BeginScope("subject {Subject}", Number))
        using (_log.BeginScope($"text {Number}"))
        using (_log.BeginScope(new Dictionary<string, object> { ["subject"] = Number, [$"key {Number}"] = 1, ["client_assertion"] = "hidden-one" }))
        using (_log.BeginScope(new Dictionary<string, string> { ["subject"] = Number }))
        using (_log.BeginScope(("subject", Number)))
        using (_log.BeginScope(new Citizen(Number)))
        {
            _log.LogInformation("Work");
        }

        HidesAll();
        Assert.Contains($"subject={Masked}|", _logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-one", _logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disabled_level_is_not_formatted()
    {
        using var quiet = LoggerFactory.Create(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Warning));
        var masking = new Platform.Hosting.Logging.MaskingLoggerFactory(quiet).CreateLogger("Test");

        masking.Log(LogLevel.Information, 0, "state", null, (_, _) => throw new InvalidOperationException("must not run"));

        Assert.Empty(_logs.Entries);
    }

    void HidesAll()
    {
        Assert.NotEmpty(_logs.Entries);
        Assert.DoesNotContain(Number, _logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Token[..20], _logs.All, StringComparison.Ordinal);
    }

    sealed record Citizen(string Id);
}
