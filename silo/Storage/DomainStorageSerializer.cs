using System.Text.Json;
using Orleans.Storage;
using Platform.Domain;

namespace Platform.Silo.Storage;

/// <summary>Stores grain state in the platform's own JSON dialect: plain, without CLR type names. Changing it would migrate nothing.</summary>
internal sealed class DomainStorageSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, DomainJson.Options));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, DomainJson.Options);
}
