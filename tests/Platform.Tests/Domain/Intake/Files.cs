using System.Text;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Intake;
using Xunit;

namespace Platform.Tests.Domain.Intake;

internal static class Files
{
    public const string Id = "067099012345";

    public static ImportRow Row(string id = Id) => new()
    {
        Record = new CitizenRecord
        {
            PersonalId = PersonalId.Parse(id),
            Attributes =
            [
                new SourcedAttributes
                {
                    Provenance = new Provenance { Source = "population", AsOf = DateTimeOffset.UnixEpoch, Version = 1 },
                    Values = AttributeValues.From([new("profile.fullName", "Điểu K'Ré"), new("profile.birthDate", "1999-05")]),
                },
            ],
        },
    };

    public static string Json(string id = Id) => DomainJson.Write(Row(id));

    public static Task<List<ImportLine>> Ndjson(string text) => Ndjson(Encoding.UTF8.GetBytes(text));

    public static Task<List<ImportLine>> Ndjson(byte[] bytes) => All(ImportFile.ReadNdjson(new MemoryStream(bytes), TestContext.Current.CancellationToken));

    public static async Task<List<ImportLine>> All(IAsyncEnumerable<ImportLine> lines)
    {
        var all = new List<ImportLine>();
        await foreach (var line in lines)
        {
            all.Add(line);
        }

        return all;
    }

    public static string?[] Codes(this IEnumerable<ImportLine> lines) => [.. lines.Select(line => line.ErrorCode)];

    public static string Same(this ImportLine line) => DomainJson.Write(line.Row);
}
