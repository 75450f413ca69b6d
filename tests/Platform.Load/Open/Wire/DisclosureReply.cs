using System.Collections.Immutable;
using System.Text.Json;

namespace Platform.Load.Open.Wire;

/// <summary>What is needed of the answer to a disclosure.</summary>
internal sealed record DisclosureReply
{
    public required Guid Id { get; init; }

    public required long Seq { get; init; }

    public required string Hash { get; init; }

    public required ImmutableArray<string> Released { get; init; }

    public required ImmutableArray<Guid> Consents { get; init; }

    /// <summary>The version seen in the document looked for; 0 if the attribute was released and that document is not held.</summary>
    public required long? Version { get; init; }

    /// <summary>Reads an answer about <paramref name="targets"/>; <paramref name="document"/> is the number of the document whose value is a version.</summary>
    public static DisclosureReply Read(ReadOnlySpan<byte> json, ImmutableArray<string> targets, ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(json);
        var read = default(Parts);
        (read.Released, read.Consents) = ([], []);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                read.Id = reader.GetGuid();
            }
            else if (reader.ValueTextEquals("ledger"u8))
            {
                ReadLedger(ref reader, ref read);
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadItem(ref reader, ref read, targets, document);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return new()
        {
            Id = read.Id,
            Seq = read.Seq,
            Hash = read.Hash ?? throw new JsonException("The answer names no ledger entry."),
            Released = read.Released,
            Consents = read.Consents,
            Version = document.IsEmpty || read.Released.IsEmpty ? null : read.Version,
        };
    }

    private static void ReadLedger(ref Utf8JsonReader reader, ref Parts read)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSeq = reader.ValueTextEquals("seq"u8);
            reader.Read();
            if (isSeq)
            {
                read.Seq = reader.GetInt64();
            }
            else
            {
                read.Hash = reader.GetString();
            }
        }
    }

    private static void ReadItem(ref Utf8JsonReader reader, ref Parts read, ImmutableArray<string> targets, ReadOnlySpan<byte> document)
    {
        string? target = null;
        var released = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("target"u8))
            {
                reader.Read();
                foreach (var candidate in targets)
                {
                    target = reader.ValueTextEquals(candidate) ? candidate : target;
                }
            }
            else if (reader.ValueTextEquals("outcome"u8))
            {
                reader.Read();
                released = reader.ValueTextEquals("released"u8);
            }
            else if (reader.ValueTextEquals("consentId"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.GetGuid() is var consent && !read.Consents.Contains(consent))
                {
                    read.Consents = read.Consents.Add(consent);
                }
            }
            else if (!document.IsEmpty && reader.ValueTextEquals("values"u8))
            {
                ReadValues(ref reader, ref read, document);
            }
            else
            {
                reader.Skip();
            }
        }

        if (released)
        {
            read.Released = read.Released.Add(target ?? throw new JsonException("Something was released that nobody asked for."));
        }
    }

    private static void ReadValues(ref Utf8JsonReader reader, ref Parts read, ReadOnlySpan<byte> document)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            long? value = null;
            var isOurs = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isValue, isDocument) = (reader.ValueTextEquals("value"u8), reader.ValueTextEquals("document"u8));
                reader.Read();
                if (isValue && reader.TokenType == JsonTokenType.Number)
                {
                    value = reader.GetInt64();
                }
                else if (isDocument && reader.TokenType == JsonTokenType.String)
                {
                    isOurs = reader.ValueTextEquals(document);
                }
                else
                {
                    reader.TrySkip();
                }
            }

            read.Version = isOurs && value is { } version ? version : read.Version;
        }
    }

    private ref struct Parts
    {
        public Guid Id;
        public long Seq;
        public string? Hash;
        public ImmutableArray<string> Released;
        public ImmutableArray<Guid> Consents;
        public long Version;
    }
}
