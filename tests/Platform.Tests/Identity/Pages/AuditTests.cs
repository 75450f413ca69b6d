using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Identity.Audit;
using Platform.Tests.Hosting;
using Xunit;

namespace Platform.Tests.Identity.Pages;

public sealed class AuditTests(PagesPlace place) : IClassFixture<PagesPlace>
{
    [Fact]
    public async Task Every_outcome_is_a_named_event_without_numbers_or_secrets()
    {
        var logs = new RecordedLogs();
        place.People.Server.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        var browser = place.Open();
        var login = await browser.Get("/account");
        await browser.Submit(login, "/login", ("number", place.Number), ("password", "một mật khẩu sai hoàn toàn"));
        await browser.Submit(login, "/login", ("number", place.Number), ("password", PagesPlace.Password));
        await browser.Submit(await browser.Get("/logout"), "/logout");
        await browser.PostRaw("/logout");

        Assert.Contains("Login with password refused (proof.wrong)", logs.All, StringComparison.Ordinal);
        Assert.Contains("Level 1 login with Password", logs.All, StringComparison.Ordinal);
        Assert.Contains("Session ended (logout)", logs.All, StringComparison.Ordinal);
        Assert.Contains("without this server's token", logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Number, logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(PagesPlace.Password, logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(login.Interaction, logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_are_counted_by_name_and_reason_and_by_nothing_about_people()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == IdentityAudit.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            lock (counted)
            {
                counted.Add(text);
            }
        });
        listener.Start();
        await place.LogIn(place.Open());

        Assert.Contains("event=login.ok reason=Password", counted);
        Assert.DoesNotContain(counted, text => text.Contains("067", StringComparison.Ordinal));
    }
}
