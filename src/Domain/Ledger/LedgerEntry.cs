using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Citizens;

namespace Platform.Domain.Ledger;

/// <summary>The newest entry of a subject's ledger: what the next entry extends.</summary>
public readonly record struct LedgerHead(long Seq, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The head of an empty ledger: sequence 0 and a hash of 32 zero bytes.</summary>
    public static LedgerHead Empty { get; } = new(0, new byte[32]);
}

/// <summary>One entry of an append-only, hash-chained ledger.</summary>
public sealed record LedgerEntry
{
    /// <summary>Whose ledger: the twelve digits of a citizen, or a fixed name for the platform's own ledgers.</summary>
    public required string Subject { get; init; }

    /// <summary>Position, from 1 without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Identity of the entry, unique over all ledgers.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened, one of <see cref="LedgerKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When (UTC, whole microseconds).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What limits count: <c>system purpose consent…</c> separated by blanks for a release, empty otherwise.</summary>
    public required string Tag { get; init; }

    /// <summary>The facts, as JSON text in the form it was hashed.</summary>
    public required string Body { get; init; }

    /// <summary>Hash of the entry before, or 32 zero bytes.</summary>
    public required ReadOnlyMemory<byte> PrevHash { get; init; }

    /// <summary>SHA-256 over the canonical encoding of all of the above.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    // Text that is no Unicode must not be hashed as something else.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>This entry as the head that the next one extends.</summary>
    public LedgerHead Head => new(Seq, Hash);

    /// <summary>Makes the entry that extends a head by one.</summary>
    public static LedgerEntry Extend(LedgerHead head, string subject, EntryDraft draft)
    {
        var at = CivilTime.Microseconds(draft.At);
        var hash = ComputeHash(subject, head.Seq + 1, draft.Id, draft.Kind, at, draft.Tag, draft.Body, head.Hash.Span);
        return new LedgerEntry
        {
            Subject = subject,
            Seq = head.Seq + 1,
            Id = draft.Id,
            Kind = draft.Kind,
            At = at,
            Tag = draft.Tag,
            Body = draft.Body,
            PrevHash = head.Hash,
            Hash = hash,
        };
    }

    /// <summary>Whether the entry extends the head and its hash is that of its content.</summary>
    public bool Extends(LedgerHead head) =>
        Seq == head.Seq + 1
        && At == CivilTime.Microseconds(At)
        && PrevHash.Span.SequenceEqual(head.Hash.Span)
        && Hash.Span.SequenceEqual(ComputeHash(Subject, Seq, Id, Kind, At, Tag, Body, PrevHash.Span));

    /// <summary>
    /// The canonical encoding, hashed: the byte 1; subject, kind, tag and body each as a 4-byte big-endian length and UTF-8 bytes, in the order
    /// subject, seq (8 bytes big-endian), id (16 bytes, RFC 9562 order), kind, at (microseconds since 1970, 8 bytes), tag, body, previous hash (32 bytes).
    /// </summary>
    public static byte[] ComputeHash(
        string subject, long seq, Guid id, string kind, DateTimeOffset at, string tag, string body, ReadOnlySpan<byte> prevHash)
    {
        // Four lengths and two numbers of 8 bytes stand between the texts.
        var length = 1 + 16 + 16 + 16 + Utf8.GetByteCount(subject) + Utf8.GetByteCount(kind) + Utf8.GetByteCount(tag) + Utf8.GetByteCount(body) + prevHash.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var left = rented.AsSpan(0, length);
            left[0] = 1;
            left = AppendText(left[1..], subject);
            BinaryPrimitives.WriteInt64BigEndian(left, seq);
            id.TryWriteBytes(left[8..], bigEndian: true, out _);
            left = AppendText(left[24..], kind);
            BinaryPrimitives.WriteInt64BigEndian(left, (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
            left = AppendText(left[8..], tag);
            left = AppendText(left, body);
            prevHash.CopyTo(left);
            return SHA256.HashData(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Span<byte> AppendText(Span<byte> left, string text)
    {
        var length = Utf8.GetBytes(text, left[4..]);
        BinaryPrimitives.WriteInt32BigEndian(left, length);
        return left[(4 + length)..];
    }
}

/// <summary>What is to be written, before it has its place in the chain.</summary>
public sealed record EntryDraft
{
    /// <summary>Identity of the entry; finding it in the ledger proves that it was appended.</summary>
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="LedgerKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What limits count; empty unless something was released.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The facts as JSON text.</summary>
    public required string Body { get; init; }
}

/// <summary>Kinds of ledger entries; durable names.</summary>
public static class LedgerKinds
{
    /// <summary>A sector system asked; permitted, partly permitted or denied.</summary>
    public const string Disclosure = "disclosure";

    /// <summary>A relying party received identity claims at a login.</summary>
    public const string IdentityReleased = "identity.released";

    /// <summary>The citizen granted a consent.</summary>
    public const string ConsentGranted = "consent.granted";

    /// <summary>The citizen refused a request for consent.</summary>
    public const string ConsentRefused = "consent.refused";

    /// <summary>The citizen withdrew a consent.</summary>
    public const string ConsentWithdrawn = "consent.withdrawn";

    /// <summary>A sector system asked the citizen for a consent.</summary>
    public const string ConsentRequested = "consent.requested";

    /// <summary>The system took its request for consent back.</summary>
    public const string ConsentRequestCancelled = "consent-request.cancelled";

    /// <summary>The citizen made a one-time code for parts of a document.</summary>
    public const string PresentationMade = "presentation.made";

    /// <summary>Whoever held the code was shown these parts.</summary>
    public const string PresentationShown = "presentation.shown";

    /// <summary>The citizen took the code back before anybody used it.</summary>
    public const string PresentationWithdrawn = "presentation.withdrawn";

    /// <summary>A source pushed a document or a new version of one.</summary>
    public const string DocumentPut = "document.put";

    /// <summary>A source delivered the record as a whole.</summary>
    public const string RecordImported = "record.imported";

    /// <summary>The citizen reported something as wrong, or asked why somebody had access.</summary>
    public const string ReportOpened = "report.opened";

    /// <summary>An official read an open report and what is held about its subject.</summary>
    public const string ReportRead = "report.read";

    /// <summary>An official answered a report.</summary>
    public const string ReportAnswered = "report.answered";

    /// <summary>A rule book was drafted.</summary>
    public const string RuleBookDrafted = "rule-book.drafted";

    /// <summary>A second person approved or rejected a draft.</summary>
    public const string RuleBookReviewed = "rule-book.reviewed";

    /// <summary>A rule book was published with the instant from which it is in force.</summary>
    public const string RuleBookPublished = "rule-book.published";

    /// <summary>A sector system was suspended.</summary>
    public const string SystemSuspended = "system.suspended";

    /// <summary>A suspended sector system may ask again.</summary>
    public const string SystemResumed = "system.resumed";

    /// <summary>From here on the heads of the ledgers are kept outside the database too.</summary>
    public const string WitnessBegun = "witness.begun";

    /// <summary>An operator let the province go on from an older moment, and took the loss upon themselves.</summary>
    public const string RestoreAccepted = "restore.accepted";
}
