using System.Collections.Frozen;
using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Consents;
using Platform.Silo.Citizens;
using Platform.Silo.Ledger;
using Platform.Silo.Reports;
using Platform.Silo.Storage;

namespace Platform.Silo.Notifications;

/// <summary>Finds in a ledger what its citizen is told of. What is silenced is left out by the database, so that it crowds out nothing.</summary>
internal sealed class NotificationLedger(PlatformDatabase database)
{
    private static readonly FrozenDictionary<NotificationKind, string> Conditions = new Dictionary<NotificationKind, string>
    {
        // What was released has a tag, what was denied has none.
        [NotificationKind.AccessPermitted] = "kind = 'disclosure' AND tag <> ''",
        [NotificationKind.AccessDenied] = "kind = 'disclosure' AND tag = ''",
        [NotificationKind.ConsentChanged] = "kind IN ('consent.granted', 'consent.refused', 'consent.withdrawn')",
        [NotificationKind.ConsentRequested] = "kind = 'consent.requested'",
        [NotificationKind.DocumentChanged] = "kind = 'document.put'",
        [NotificationKind.ReportAnswered] = "kind = 'report.answered'",
        [NotificationKind.PresentationShown] = "kind = 'presentation.shown'",
        [NotificationKind.IdentityReleased] = "kind = 'identity.released'",
    }.ToFrozenDictionary();

    /// <summary>The newest of the kinds that are not silenced, newest first.</summary>
    public async Task<ImmutableArray<NotificationView>> Newest(string subject, int count, ImmutableArray<NotificationKind> silenced)
    {
        var told = Conditions.Where(pair => !silenced.Contains(pair.Key)).OrderBy(pair => pair.Key).ToArray();
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var command = connection
            .Command(
                $"""
                SELECT CASE {string.Join(' ', told.Select(pair => $"WHEN {pair.Value} THEN {(int)pair.Key}"))} END, entry_id, at, kind, body
                FROM ledger
                WHERE subject = @subject AND ({string.Join(" OR ", told.Select(pair => $"({pair.Value})"))})
                ORDER BY seq DESC
                LIMIT @count
                """)
            .With("subject", subject)
            .With("count", count);
        var found = ImmutableArray.CreateBuilder<NotificationView>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var plain = new NotificationView
            {
                Id = new Guid((byte[])reader[1], bigEndian: true),
                At = LedgerColumns.FromMicroseconds(reader.GetInt64(2)),
                Kind = (NotificationKind)reader.GetInt32(0),
                Event = reader.GetString(3),
            };
            found.Add(Filled(plain, reader.GetString(4)));
        }

        return found.ToImmutable();
    }

    private static NotificationView Filled(NotificationView plain, string body)
    {
        switch (plain.Kind)
        {
            case NotificationKind.AccessPermitted or NotificationKind.AccessDenied:
                var request = DomainJson.Read<DisclosureBody>(body).Request;
                return plain with { Subject = plain.Id, System = request.System, Purpose = request.Purpose };
            case NotificationKind.ConsentChanged:
                var consent = DomainJson.Read<ConsentBody>(body).Consent;
                return plain with { Subject = consent.Id, Organisation = consent.Recipient, Purpose = consent.Purpose };
            case NotificationKind.ConsentRequested:
                ConsentRequest asked = DomainJson.Read<ConsentRequestBody>(body).Request;
                return plain with { Subject = asked.Id, System = asked.System, Organisation = asked.Organisation, Purpose = asked.Purpose };
            case NotificationKind.DocumentChanged:
                return plain with { Document = DomainJson.Read<DocumentBody>(body).Kind };
            case NotificationKind.ReportAnswered:
                return plain with { Subject = DomainJson.Read<ReportAnsweredBody>(body).Report };
            case NotificationKind.IdentityReleased:
                return plain with { Subject = plain.Id, Party = DomainJson.Read<IdentityBody>(body).ClientName };
            default:
                return plain with { Subject = plain.Id };
        }
    }
}
