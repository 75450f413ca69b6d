using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Platform.Local;
using Platform.Silo;
using Platform.Silo.Storage;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>The history that a newcomer finds, told to a silo of its own.</summary>
public sealed class DemoStoryTests : IAsyncLifetime
{
    private const int Steps = 10;
    private readonly string _folder = Directory.CreateTempSubdirectory("story-").FullName;
    private PlatformDatabase _database = null!;
    private IHost _silo = null!;
    private PersonalId _person;
    private PersonalId _official;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await SiloHost.Open($"sqlite:{Path.Combine(_folder, "province.db")}", cancellation: TestContext.Current.CancellationToken);
        var seeding = await Seeding.Ensure(Options, _database, TimeProvider.System, Ct);
        var people = seeding.Rows().Select(row => row.Record).ToArray();
        (_person, _official) = (people.First(LocalProvince.IsAdult).PersonalId, people[^1].PersonalId);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePorts.Next(), FreePorts.Next());
            silo.AddPlatformSilo(_database);
        });
        _silo = builder.Build();
        await _silo.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync(CancellationToken.None);
        _silo.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_section_of_the_portal_has_something_to_show()
    {
        await Ensure();

        var record = await Record();
        var today = CivilTime.Day(TimeProvider.System.GetUtcNow());
        Assert.Contains(record.Documents, document => document.IsValidOn(today) && document.ValidTo == today.AddDays(20));
        var accesses = (await Grain<ICitizenHistory>().GetAccesses(new AccessQuery { Count = 100 })).Entries;
        Assert.Equal(
            [Outcome.Permitted, Outcome.Permitted, Outcome.Permitted, Outcome.Permitted, Outcome.PartlyPermitted, Outcome.Permitted, Outcome.Denied],
            accesses.Reverse().Select(access => access.Outcome));
        var bank = accesses.Where(access => access.Source.Id == "bank").ToArray();
        var consent = bank[1].Targets.Select(target => target.Consent).Distinct().Single();
        Assert.Contains(record.Consents, held => held.Id == consent && held.State == ConsentState.Granted);
        var request = DomainJson.Read<ConsentRequest>(Assert.Single(await Grain<ICitizenSelf>().GetRequests()));
        Assert.Equal(("electricity", ConsentRequestState.Waiting), (request.System, request.State));
        Assert.All(bank[0].Targets, target => Assert.False(target.Released));
        Assert.All(accesses.Where(access => access.CaseReference is not null), access => Assert.NotNull(access.OfficialRole));
    }

    [Fact]
    public async Task Wherever_it_is_interrupted_it_goes_on_from_there_and_nothing_is_told_twice()
    {
        var mark = NewMark();
        var before = (await Ledger()).Length;

        for (var step = 1; step <= Steps; step++)
        {
            await Tell(mark, step);
            Assert.Equal(step, (await Ledger()).Length - before);
        }

        await Tell(mark, int.MaxValue);
        Assert.Equal(Steps, (await Ledger()).Length - before);
    }

    [Fact]
    public async Task A_story_that_stopped_halfway_is_told_to_its_end()
    {
        var mark = NewMark();
        var before = (await Ledger()).Length;
        mark.Write(Options);
        await Tell(mark, 3);
        Assert.Equal(3, (await Ledger()).Length - before);

        await Ensure();
        var whole = (await Ledger()).Length;
        await Ensure();

        Assert.True(StoryMark.Read(Options)!.Done);
        Assert.Equal(Steps, whole - before);
        Assert.Equal(whole, (await Ledger()).Length);
    }

    [Fact]
    public void A_damaged_mark_ends_in_a_sentence()
    {
        File.WriteAllText(Options.File("story.json"), "{");

        Assert.Contains("story.json", Assert.Throws<Platform.Hosting.CannotStartException>(() => StoryMark.Read(Options)).Message, StringComparison.Ordinal);
    }

    private LocalOptions Options => new(_folder, 60, 5000, null);

    private Task Ensure() => DemoStory.Ensure(Options, _person, _official, _silo.Services.GetRequiredService<IGrainFactory>(), TimeProvider.System, Ct);

    private async Task Tell(StoryMark mark, int steps)
    {
        await foreach (var _ in new DemoStory(mark, _person, _official, _silo.Services.GetRequiredService<IGrainFactory>()).Tell(Ct))
        {
            if (--steps == 0)
            {
                return;
            }
        }
    }

    private static StoryMark NewMark() => new(Guid.NewGuid(), CivilTime.Microseconds(TimeProvider.System.GetUtcNow()), Done: false);

    private async Task<CitizenRecord> Record() => DomainJson.Read<CitizenRecord>((await Grain<ICitizenSelf>().GetRecord())!);

    private async Task<LedgerEntryView[]> Ledger() => [.. (await Grain<ICitizenSelf>().GetLedger(0, 500)).Entries];

    private T Grain<T>() where T : IGrainWithStringKey => _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(_person.Reveal());
}
