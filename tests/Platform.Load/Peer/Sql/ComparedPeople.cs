using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Platform.Synthetic;

namespace Platform.Load.Peer.Sql;

/// <summary>
/// Whom a comparison asks about, and what: synthetic citizens, each with a decision on the bank's request made for the comparison, granted without limit
/// of uses or, for a few, withdrawn.
/// </summary>
internal sealed class ComparedPeople
{
    public const string System = "bank";

    private const string Organisation = "ngan-hang";
    private const string Purpose = "bank.account-opening";
    private const string Rule = "bank-account-identity";
    private const int Seed = 1709;

    private static readonly string[] Asked = ["profile.birthDate", "profile.cardIssuedOn", "profile.cardValidTo", "profile.fullName", "profile.phone"];

    private readonly DateTimeOffset _now = CivilTime.Microseconds(TimeProvider.System.GetUtcNow());
    private readonly int _citizens;
    private readonly int _deniedPercent;

    public ComparedPeople(int citizens, int deniedPercent)
    {
        (_citizens, _deniedPercent) = (citizens, deniedPercent);
        Numbers = [.. Records().Select(record => record.PersonalId.Reveal())];
    }

    /// <summary>The personal IDs asked about, in the order of the records.</summary>
    public ImmutableArray<string> Numbers { get; }

    /// <summary>Whether what is asked about this one is denied.</summary>
    public bool IsDenied(int index) => index % 100 < _deniedPercent;

    public IEnumerable<CitizenRecord> Records() => SyntheticProvince
        // A few are not alive, specially protected or wrong on purpose: the rest is enough.
        .Generate(new SyntheticOptions { Citizens = Math.Min(SyntheticOptions.MostCitizens, _citizens + (_citizens / 10) + 100), Seed = Seed, AsOf = CivilTime.Day(_now) })
        .Where(row => row.Label is null)
        .Select(row => row.Record)
        .Where(record => record is { Status: CitizenStatus.Active, Protected: false })
        .DistinctBy(record => record.PersonalId)
        .Take(_citizens)
        .Select(Decided);

    /// <summary>The body of a request about nobody: twelve zeros stand where the number goes.</summary>
    public static byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(
        new PeerAsk
        {
            Subject = new PeerSubject { PersonalId = RawRequest.NumberPlace },
            Purpose = Purpose,
            Attributes = Asked,
            Official = new PeerOfficial { PersonalId = "067199999999", Role = "officer", Unit = Organisation, IdentityLevel = 2 },
        },
        PeerJson.Shared.PeerAsk);

    private CitizenRecord Decided(CitizenRecord record, int index)
    {
        var decided = _now.AddDays(-30).AddSeconds(index % 86_400);
        var consent = new Consent
        {
            Id = Identity(decided, index),
            Recipient = Organisation,
            Purpose = Purpose,
            Targets = [.. Covered()],
            State = IsDenied(index) ? ConsentState.Withdrawn : ConsentState.Granted,
            DecidedAt = decided,
            ValidFrom = decided,
            ValidTo = decided.AddDays(365),
            DataLifeDays = 30,
            Evidence = new ConsentEvidence { Channel = "portal", IdentityLevel = 2, TextVersion = "1", Language = "vi", TextHash = new string('0', 64) },
            WithdrawnAt = IsDenied(index) ? decided.AddDays(1) : null,
        };
        return record with { Consents = [.. record.Consents.Where(held => held.Recipient != Organisation || held.Purpose != Purpose), consent] };
    }

    // The same whenever the records are made: both databases are filled with them.
    private static Guid Identity(DateTimeOffset decided, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (decided.ToUnixTimeMilliseconds() << 16) | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | (long)index);
        return new Guid(bytes, bigEndian: true);
    }

    private static IEnumerable<string> Covered()
    {
        var rule = RuleBook.Shipped.Rules.Single(candidate => candidate.Id == Rule);
        return AttributeCatalogue.Shipped.Attributes.Keys.Concat(AttributeCatalogue.Shipped.Predicates.Keys).Where(rule.Covers).Order(StringComparer.Ordinal);
    }
}
