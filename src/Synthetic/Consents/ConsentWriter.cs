using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Synthetic.People;

namespace Platform.Synthetic.Consents;

/// <summary>Writes what some adults have granted, refused, withdrawn or let run out.</summary>
internal static class ConsentWriter
{
    private static readonly int[] Terms = [30, 90, 180, 365, 730];

    private static readonly FrequencyLimit[] Limits =
    [
        new FrequencyLimit { Count = 1, Per = Period.Total },
        new FrequencyLimit { Count = 1, Per = Period.Day },
        new FrequencyLimit { Count = 3, Per = Period.Month },
        new FrequencyLimit { Count = 12, Per = Period.Year },
    ];

    public static ImmutableArray<Consent> Write(Dice dice, Person person, DateOnly today)
    {
        if (person.Age(today) < 18 || !dice.Chance(400))
        {
            return [];
        }

        var offers = new List<ConsentOffer>(ConsentOffer.All);
        var consents = new List<Consent>();
        for (var left = dice.Between(1, 4); left > 0; left--)
        {
            var offer = dice.Pick(offers);
            offers.Remove(offer);
            consents.Add(Decide(dice, offer, today));
        }

        return [.. consents.OrderBy(consent => consent.DecidedAt).ThenBy(consent => consent.Id)];
    }

    private static Consent Decide(Dice dice, ConsentOffer offer, DateOnly today)
    {
        var outcome = dice.Below(1000);
        var term = dice.Pick(Terms);
        var ago = outcome switch
        {
            < 120 => term + dice.Between(1, 200),
            _ => dice.Between(1, Math.Min(term - 1, 540)),
        };
        var decided = CivilTime.At(today.AddDays(-ago), new TimeOnly(dice.Between(7, 21), dice.Below(60), dice.Below(60)));
        var state = outcome switch
        {
            < 750 => ConsentState.Granted,
            < 850 => ConsentState.Refused,
            _ => ConsentState.Withdrawn,
        };
        return new Consent
        {
            Id = Identity(dice, decided),
            Recipient = offer.Recipient,
            Purpose = offer.Purpose,
            Targets = dice.Chance(700) ? offer.Targets : Ticked(dice, offer.Targets),
            State = state,
            DecidedAt = decided,
            ValidFrom = decided,
            ValidTo = decided.AddDays(term),
            Limit = dice.Chance(300) ? dice.Pick(Limits) : null,
            DataLifeDays = dice.Pick([30, 90, 365]),
            Evidence = Evidence(dice, offer),
            WithdrawnAt = state == ConsentState.Withdrawn ? decided.AddMinutes(dice.Between(1, (ago * 1440) - 1320)) : null,
        };
    }

    private static ImmutableArray<string> Ticked(Dice dice, ImmutableArray<string> targets)
    {
        var ticked = targets.Where(_ => dice.Chance(600)).ToImmutableArray();
        return ticked.IsEmpty ? targets[..1] : ticked;
    }

    private static ConsentEvidence Evidence(Dice dice, ConsentOffer offer)
    {
        var language = dice.Chance(970) ? "vi" : "en";
        return new ConsentEvidence
        {
            Channel = dice.Chance(850) ? "portal" : "counter",
            IdentityLevel = 2,
            TextVersion = "1",
            Language = language,
            TextHash = language == "vi" ? offer.TextHashVi : offer.TextHashEn,
        };
    }

    // Version 7: the milliseconds of the decision, then bits that depend on the seed alone.
    private static Guid Identity(Dice dice, DateTimeOffset decided)
    {
        var high = ((ulong)decided.ToUnixTimeMilliseconds() << 16) | 0x7000 | (dice.Next() & 0x0FFF);
        var low = (dice.Next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true);
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
