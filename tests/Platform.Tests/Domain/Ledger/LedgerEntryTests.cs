using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Ledger;
using Platform.Tests.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Ledger;

public sealed class LedgerEntryTests
{
    private static readonly EntryDraft Draft = new()
    {
        Id = new Guid("01980000-1234-7abc-8def-0123456789ab"),
        Kind = LedgerKinds.Disclosure,
        At = Some.Instant("2026-07-15T03:00:00.1234567Z"),
        Tag = "insurance health-insurance.renewal",
        Body = """{"mục đích":"gia hạn"}""",
    };

    // Written out by hand from the published description of the encoding, not by the code under test.
    private static readonly string Encoding1 = string.Concat(
        "01",
        "0000000C", "303637303835303132333435",
        "0000000000000001",
        "0198000012347ABC8DEF0123456789AB",
        "0000000A", "646973636C6F73757265",
        "0006569D84EB2E40",
        "00000022", "696E737572616E6365206865616C74682D696E737572616E63652E72656E6577616C",
        "0000001C", "7B226DE1BBA56320C491C3AD6368223A226769612068E1BAA16E227D",
        new string('0', 64));

    [Fact]
    public void The_hash_is_that_of_the_published_encoding()
    {
        var entry = LedgerEntry.Extend(LedgerHead.Empty, "067085012345", Draft);

        Assert.Equal("276EF6ADEB1309EC139D8B4A3581D1B4A08E5DD7A6C1AD67B90C5A5D0D1BC72D", Convert.ToHexString(entry.Hash.Span));
        Assert.Equal(SHA256.HashData(Convert.FromHexString(Encoding1)), entry.Hash.ToArray());
    }

    [Fact]
    public void Every_entry_extends_the_one_before()
    {
        var head = LedgerHead.Empty;
        for (var number = 1; number <= 5; number++)
        {
            var entry = LedgerEntry.Extend(head, "067085012345", Draft with { Id = Guid.NewGuid() });

            Assert.Equal(number, entry.Seq);
            Assert.True(entry.Extends(head));
            Assert.True(head == LedgerHead.Empty || !entry.Extends(LedgerHead.Empty));
            head = entry.Head;
        }
    }

    [Fact]
    public void A_change_of_any_single_field_is_found()
    {
        var first = LedgerEntry.Extend(LedgerHead.Empty, "067085012345", Draft);
        var entry = LedgerEntry.Extend(first.Head, "067085012345", Draft with { Id = Guid.NewGuid() });
        LedgerEntry[] forged =
        [
            entry with { Subject = "067085012346" },
            entry with { Seq = 3 },
            entry with { Id = Guid.NewGuid() },
            entry with { Kind = LedgerKinds.ConsentGranted },
            entry with { At = entry.At.AddMicroseconds(1) },
            entry with { At = entry.At.AddTicks(1) },
            entry with { Tag = "" },
            entry with { Body = entry.Body + " " },
            entry with { Body = entry.Body.Normalize(NormalizationForm.FormD) },
            entry with { PrevHash = new byte[32] },
            entry with { PrevHash = Flipped(entry.PrevHash) },
            entry with { Hash = Flipped(entry.Hash) },
            entry with { Hash = entry.Hash[..31] },
            entry with { Hash = ReadOnlyMemory<byte>.Empty },

            // Bytes moved from one field to the next.
            entry with { Tag = entry.Tag + entry.Body[..1], Body = entry.Body[1..] },
            entry with { Kind = entry.Kind[..^1], Tag = entry.Kind[^1..] + entry.Tag },
        ];

        Assert.True(entry.Extends(first.Head));
        Assert.All(forged, changed => Assert.False(changed.Extends(first.Head)));
        Assert.False(entry.Extends(first.Head with { Seq = 2 }));
    }

    [Fact]
    public void An_entry_forged_with_a_fitting_hash_does_not_extend_another_head()
    {
        var first = LedgerEntry.Extend(LedgerHead.Empty, "067085012345", Draft);
        var other = LedgerEntry.Extend(LedgerHead.Empty, "067085012345", Draft with { Body = "{}" });
        var second = LedgerEntry.Extend(other.Head, "067085012345", Draft with { Id = Guid.NewGuid() });

        Assert.True(second.Extends(other.Head));
        Assert.False(second.Extends(first.Head));
    }

    [Fact]
    public void Time_is_cut_to_microseconds_in_UTC()
    {
        var entry = LedgerEntry.Extend(LedgerHead.Empty, "s", Draft with { At = Draft.At.ToOffset(TimeSpan.FromHours(7)) });

        Assert.Equal(Some.Instant("2026-07-15T03:00:00.123456Z"), entry.At);
        Assert.Equal(TimeSpan.Zero, entry.At.Offset);
        Assert.Equal(LedgerEntry.Extend(LedgerHead.Empty, "s", Draft).Hash.ToArray(), entry.Hash.ToArray());
    }

    [Fact]
    public void Text_that_is_no_Unicode_is_never_hashed_as_something_else() =>
        Assert.Throws<EncoderFallbackException>(() => LedgerEntry.Extend(LedgerHead.Empty, "s", Draft with { Body = "\"\uD800\"" }));

    private static ReadOnlyMemory<byte> Flipped(ReadOnlyMemory<byte> hash)
    {
        var bytes = hash.ToArray();
        bytes[31] ^= 1;
        return bytes;
    }
}
