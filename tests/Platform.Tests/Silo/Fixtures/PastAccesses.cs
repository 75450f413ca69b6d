using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;
using Platform.Silo;
using Platform.Silo.Citizens;
using Platform.Tests.Domain.Sharing;

namespace Platform.Tests.Silo.Fixtures;

/// <summary>One access as a test made it.</summary>
internal sealed record PastAccess(Guid Id, DateTimeOffset At, AccessKind Kind, string Source, Outcome Outcome, Guid? Consent)
{
    /// <summary>The month on the wall in Vietnam.</summary>
    public string Month => CivilTime.Local(At).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Years of accesses, appended to a ledger as silos append, without asking one for each.</summary>
internal static class PastAccesses
{
    private const int Batch = 500;
    private static readonly string[] Systems = ["insurance", "bank", "electricity", "gone-system"];

    // What a hostile caller may write where it is free to write.
    private const string Confusing = "\"outcome\":\"partlyPermitted\" \"system\":\"bank\" '; 1";

    /// <summary>So many accesses up to now, five hours apart, every eleventh of them a login; kinds, systems and outcomes alternate.</summary>
    public static ImmutableArray<PastAccess> Make(int count, DateTimeOffset now, params Guid[] consents) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            var at = CivilTime.Microseconds(now.AddHours(-5 * (count - index)));
            var id = Guid.CreateVersion7(at);
            return index % 11 == 7
                ? new PastAccess(id, at, AccessKind.IdentityReleased, index % 2 == 0 ? "portal" : "insurance", Outcome.Permitted, null)
                : new PastAccess(id, at, AccessKind.Disclosure, Systems[index % 4], (Outcome)((index % 3) + 1), index % 3 == 2 ? null : consents[index % consents.Length]);
        }),
    ];

    public static async Task Append(Province province, PersonalId citizen, IEnumerable<PastAccess> accesses)
    {
        var appender = SiloHost.Appender(province.Database, TimeProvider.System);
        var lane = await appender.OpenLane(CancellationToken.None);
        var (digest, number) = (new byte[32], 0);
        var head = (await province.Ledger(citizen))[^1].Head;
        foreach (var batch in accesses.Chunk(Batch))
        {
            var entries = new List<LedgerEntry>();
            foreach (var access in batch)
            {
                entries.Add(LedgerEntry.Extend(head, citizen.Reveal(), Draft(access)));
                head = entries[^1].Head;
            }

            digest = (await appender.Append(lane, ++number, digest, entries, CancellationToken.None)).Digest;
        }
    }

    private static EntryDraft Draft(PastAccess access)
    {
        if (access.Kind == AccessKind.IdentityReleased)
        {
            return new EntryDraft
            {
                Id = access.Id,
                Kind = LedgerKinds.IdentityReleased,
                At = access.At,
                Body = DomainJson.Write(new IdentityBody(access.Source, $"Dịch vụ {access.Source}", ["name", "personal_id"])),
            };
        }

        var request = Some.Request(access.Source, "bank.account-opening", "profile.fullName", "profile.religion") with
        {
            Id = access.Id,
            CaseReference = Confusing,
            Official = new Official { Reference = "067*****2345", Role = "teller", Unit = Confusing },
        };
        var decision = new Decision
        {
            Outcome = access.Outcome,
            RuleBook = 1,
            Targets =
            [
                Target("profile.fullName", access.Outcome != Outcome.Denied, access.Consent),
                Target("profile.religion", access.Outcome == Outcome.Permitted, access.Consent),
            ],
        };
        return new EntryDraft
        {
            Id = access.Id,
            Kind = LedgerKinds.Disclosure,
            At = access.At,
            Tag = access.Outcome == Outcome.Denied ? "" : UsageCounts.Tag(access.Source, request.Purpose, decision.ConsentsUsed()),
            Body = DomainJson.Write(new DisclosureBody(request, Some.Facts, decision, access.Outcome == Outcome.Denied ? null : new string('a', 64))),
        };
    }

    private static TargetDecision Target(string target, bool isReleased, Guid? consent) => new()
    {
        Target = target,
        Released = isReleased,
        Reason = isReleased ? Reason.Permitted : Reason.NoRule,
        Consent = isReleased ? consent : null,
        Remedies = isReleased ? [] : [new Remedy(RemedyKind.PublishRule, "bank.account-opening", target)],
    };
}
