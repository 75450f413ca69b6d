using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Platform.Synthetic;
using Platform.Tests.Domain.Intake;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class ProvinceFileTests
{
    [Fact]
    public async Task What_is_written_as_NDJSON_is_read_back_as_it_was()
    {
        using var file = new MemoryStream();
        var written = new List<int>();
        await ProvinceFile.Write(file, Province.Rows.Take(3000), FileFormat.Ndjson, written.Add, TestContext.Current.CancellationToken);
        file.Position = 0;

        var at = 0;
        await foreach (var line in ImportFile.ReadNdjson(file, TestContext.Current.CancellationToken))
        {
            Assert.Null(line.ErrorReason);
            Assert.Equal(DomainJson.Write(Province.Rows[at++]), DomainJson.Write(line.Row));
            Assert.Equal(at, line.Number);
        }

        Assert.Equal(3000, at);
        Assert.Equal([500, 1000, 1500, 2000, 2500, 3000, 3000], written);
    }

    [Fact]
    public async Task What_fits_into_CSV_is_read_back_as_it_was()
    {
        var rows = Province.Rows.Take(2000).ToArray();
        using var file = new MemoryStream();
        await ProvinceFile.Write(file, rows, FileFormat.Csv, cancellation: TestContext.Current.CancellationToken);
        file.Position = 0;

        var read = await Files.All(ImportFile.ReadCsv(file, TestContext.Current.CancellationToken));

        Assert.Equal(rows.Select(Fitting), read.Select(line => line.Row is { } row ? DomainJson.Write(row) : line.ErrorReason));
    }

    [Fact]
    public async Task The_header_of_CSV_names_the_fields_of_the_format_and_then_the_catalogue()
    {
        using var file = new MemoryStream();
        await ProvinceFile.Write(file, [], FileFormat.Csv, cancellation: TestContext.Current.CancellationToken);

        var columns = System.Text.Encoding.UTF8.GetString(file.ToArray()).TrimEnd().Split(',');

        Assert.Equal(["personalId", "status", "protected", "label"], columns[..4]);
        Assert.Equal(AttributeCatalogue.Shipped.Attributes.Keys.Order(), columns[4..].Order());
    }

    [Fact]
    public async Task A_cancelled_run_stops() => await Assert.ThrowsAsync<OperationCanceledException>(
        () => ProvinceFile.Write(Stream.Null, Province.Rows, FileFormat.Ndjson, cancellation: new CancellationToken(canceled: true)));

    // Without consents and further documents of a kind, and with the provenance of a table.
    private static string Fitting(ImportRow row)
    {
        static Provenance Table(Provenance provenance) => provenance with { AsOf = DateTimeOffset.UnixEpoch, Version = 0 };
        return DomainJson.Write(row with
        {
            Record = row.Record with
            {
                Attributes = [.. row.Record.Attributes.Select(group => group with { Provenance = Table(group.Provenance) })],
                Documents =
                [
                    .. row.Record.Documents.DistinctBy(document => document.Kind)
                        .OrderBy(document => document.Kind, StringComparer.Ordinal)
                        .Select(document => document with { Provenance = Table(document.Provenance) }),
                ],
                Consents = [],
            },
        });
    }
}
