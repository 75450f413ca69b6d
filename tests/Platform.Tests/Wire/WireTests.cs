using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Platform.Contracts;
using Platform.Tests.Golden;
using Xunit;

namespace Platform.Tests.Wire;

/// <summary>During an upgrade old and new processes talk to each other: what an earlier version sent is read by this one.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<string> Records =>
    [
        .. typeof(ICitizenSelf).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !type.IsAssignableTo(typeof(Exception)))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Records))]
    public void What_an_earlier_version_sent_is_read(string record)
    {
        var type = typeof(ICitizenSelf).Assembly.GetType(record, throwOnError: true)!;
        var sample = Sample.Of(type);
        var now = $"{JsonSerializer.Serialize(sample, type)}\n{Convert.ToHexString(Serializer.SerializeToArray(sample))}";
        var earlier = GoldenFile.Read($"wire/{type.GetCustomAttribute<AliasAttribute>()!.Alias}.txt", now, keep: true).Split('\n');

        var read = Serializer.Deserialize<object>(Convert.FromHexString(earlier[1]));

        Assert.IsType(type, read);
        var values = JsonSerializer.SerializeToNode(read, type)!.AsObject();
        Assert.All(JsonNode.Parse(earlier[0])!.AsObject(), pair =>
            Assert.True(Holds(values[pair.Key], pair.Value), $"{pair.Key} was {pair.Value?.ToJsonString()} and is read as {values[pair.Key]?.ToJsonString()}"));
    }

    // A record inside another may have got members since.
    private static bool Holds(JsonNode? read, JsonNode? sent) => (read, sent) switch
    {
        (JsonObject now, JsonObject then) => then.All(member => Holds(now[member.Key], member.Value)),
        (JsonArray now, JsonArray then) => now.Count == then.Count && now.Zip(then).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(read, sent),
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void What_is_sent_arrives_whole(string record)
    {
        var type = typeof(ICitizenSelf).Assembly.GetType(record, throwOnError: true)!;
        var sample = Sample.Of(type);

        var read = Serializer.Deserialize<object>(Serializer.SerializeToArray(sample));

        Assert.Equal(JsonSerializer.Serialize(sample, type), JsonSerializer.Serialize(read, type));
    }

    [Fact]
    public void The_retryable_fault_arrives_with_its_code()
    {
        var read = Assert.IsType<TryAgainException>(
            Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(new TryAgainException(TryAgainException.LedgerBusy, "Busy."))));

        Assert.Equal((TryAgainException.LedgerBusy, "Busy."), (read.Code, read.Message));
    }
}

/// <summary>Makes a value with every property set, the same every time.</summary>
internal static class Sample
{
    public static object Of(Type type) => Make(type, type.Name);

    private static object Make(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Make(inner, name);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var element = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(element, 2);
            items.SetValue(Make(element, name + "1"), 0);
            items.SetValue(Make(element, name + "2"), 1);
            return typeof(ImmutableArray).GetMethods()
                .Single(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(element)
                .Invoke(null, [items])!;
        }

        return type switch
        {
            _ when type == typeof(string) => name,
            _ when type == typeof(int) => 100 + name.Length,
            _ when type == typeof(long) => 1_000_000_000_000L + name.Length,
            _ when type == typeof(bool) => true,
            _ when type == typeof(byte[]) => new byte[] { 0, (byte)name.Length, 255 },
            _ when type == typeof(Guid) => new Guid(name.Length, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(name.Length).AddMicroseconds(1),
            { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetNames(type).Length - 1)!,
            _ => Filled(type),
        };
    }

    private static object Filled(Type type)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null))
        {
            property.SetValue(made, Make(property.PropertyType, property.Name));
        }

        return made;
    }
}
