using System.Globalization;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>What a report is about, in words that tell nothing about the person.</summary>
static class ReportSubject
{
    public static LocalText Of(ReportView report, RuleBook book)
    {
        if (report.Access is { } access)
        {
            var name = AccessNames.Of(access.Source, access.SourceName, book).Organisation.Label;
            var day = CivilTime.Day(access.At).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
            return new LocalText { Vi = $"Lần truy cập của {name.Vi} ngày {day}", En = $"Access by {name.En} on {day}" };
        }

        if (report.DocumentKind is { } kind)
        {
            return AttributeCatalogue.Shipped.DocumentKinds.TryGetValue(kind, out var group)
                ? new LocalText { Vi = group.Vi, En = group.En }
                : new LocalText { Vi = kind, En = kind };
        }

        return AttributeCatalogue.Shipped.Label(report.Attribute!);
    }
}
