using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;

namespace Platform.Domain.Intake;

/// <summary>Reads one line of NDJSON as a row.</summary>
internal static partial class NdjsonLine
{
    private static readonly JsonSerializerOptions Strict = new(DomainJson.Options)
    {
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    // A path in a message may only name what the format itself names: other property names can be anybody's data.
    private static readonly FrozenSet<string> Names = new[]
    {
        typeof(ImportRow), typeof(CitizenRecord), typeof(SourcedAttributes), typeof(Provenance), typeof(Document), typeof(Consent), typeof(FrequencyLimit),
        typeof(ConsentEvidence),
    }.SelectMany(type => Strict.GetTypeInfo(type).Properties).Select(property => property.Name).ToFrozenSet();

    public static ImportRow Read(ReadOnlyMemory<byte> line)
    {
        using var json = Parse(line);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new ImportRefusedException(ImportErrors.JsonMalformed, "The line is not a JSON object.");
        }

        if (json.RootElement.TryGetProperty("record", out var record)
            && record.ValueKind == JsonValueKind.Object
            && record.TryGetProperty("personalId", out var id)
            && !IsPersonalId(id))
        {
            throw new ImportRefusedException(ImportErrors.PersonalId, "The personal ID is not twelve digits.");
        }

        try
        {
            var row = json.RootElement.Deserialize<ImportRow>(Strict)!;
            return row with { Record = RecordCheck.Checked(row.Record), Label = row.Label is { } label ? ValueForm.Text(label, "label") : null };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new ImportRefusedException(ImportErrors.JsonShape, $"A property is missing, unknown or not of the expected form, at {Place((fault as JsonException)?.Path)}.");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Strict.MaxDepth });
        }
        catch (JsonException)
        {
            throw IsJson(line)
                ? new ImportRefusedException(ImportErrors.JsonDuplicate, "A JSON object of the line names a property twice.")
                : new ImportRefusedException(ImportErrors.JsonMalformed, "The line is not well-formed JSON, or is nested too deeply.");
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsPersonalId(JsonElement id)
    {
        try
        {
            return id.ValueKind == JsonValueKind.String && PersonalId.TryParse(id.GetString(), out _);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can write and .NET cannot read.
            return false;
        }
    }

    private static string Place(string? path)
    {
        var known = (path ?? "").Split('.').Skip(1).TakeWhile(segment => Segment().Match(segment) is { Success: true } match && Names.Contains(match.Groups[1].Value));
        return string.Join('.', known.Prepend("$"));
    }

    [GeneratedRegex(@"^([A-Za-z]+)(\[[0-9]+\])*\z")]
    private static partial Regex Segment();
}
