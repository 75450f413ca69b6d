using System.Text.Json;
using Xunit;

namespace Platform.EndToEnd.Logins;

/// <summary>One province for all tests of logins that leave it as it is; each takes people of its own, for a code of an app counts once.</summary>
[CollectionDefinition(Collection)]
public sealed class LoginsProvince : IAsyncLifetime, ICollectionFixture<LoginsProvince>
{
    public const string Collection = "logins";
    private JsonElement _people;
    private int _next;

    public ProvinceProcess Province { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Province = await ProvinceProcess.Start(ProvinceProcess.NewData(), ProvinceProcess.FreeBasePort(), citizens: 60);
        _people = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(Province.Data, "people.json")));
    }

    /// <summary>A person whom no other test uses.</summary>
    public JsonElement Somebody() => _people[Interlocked.Increment(ref _next) - 1];

    public ValueTask DisposeAsync() => Province?.DisposeAsync() ?? ValueTask.CompletedTask;
}
