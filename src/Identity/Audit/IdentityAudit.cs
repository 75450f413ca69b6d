using System.Buffers.Text;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Citizens;
using Platform.Identity.Storage;

namespace Platform.Identity.Audit;

/// <summary>
/// Every outcome is one named event in the log and one count in <c>platform.identity.events</c>. People appear as a pseudonym that only this
/// server can make; no number, secret or token appears at all.
/// </summary>
sealed partial class IdentityAudit : IDisposable
{
    public const string MeterName = "Platform.Identity";
    public const string PasswordTime = "platform.identity.password.duration";
    const string Nobody = "-";

    readonly ILogger<IdentityAudit> _log;
    readonly SharedSecrets _secrets;
    readonly Meter _meter;
    readonly Counter<long> _events;
    readonly Histogram<double> _passwordTime;

    public IdentityAudit(ILogger<IdentityAudit> log, SharedSecrets secrets, IMeterFactory meters)
    {
        (_log, _secrets) = (log, secrets);
        _meter = meters.Create(MeterName);
        _events = _meter.CreateCounter<long>("platform.identity.events", description: "Outcomes by name, with the reason or factor where there is one.");
        _passwordTime = _meter.CreateHistogram<double>(PasswordTime, "s", "Time to check a password, waiting included.");
    }

    public void PasswordChecked(TimeSpan duration) => _passwordTime.Record(duration.TotalSeconds);

    public void Dispose() => _meter.Dispose();

    void Count(string name, string? reason = null) => _events.Add(
        1, reason is null ? [KeyValuePair.Create<string, object?>("event", name)] : [new("event", name), new("reason", reason)]);

    string Pseudonym(PersonalId number) => Pseudonym(number.Reveal());

    string Pseudonym(string? number) => number is null ? Nobody : Base64Url.EncodeToString(
        HMACSHA256.HashData(_secrets.Get(SharedSecrets.Subjects), Encoding.UTF8.GetBytes($"audit\0{number}")).AsSpan(0, 12));
}
