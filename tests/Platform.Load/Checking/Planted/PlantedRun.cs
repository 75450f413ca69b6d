using System.Collections.Immutable;
using Platform.Domain.Citizens;
using Platform.Load.Histories;
using Platform.Load.Open;
using Platform.Load.Peer.Guarantees;
using Platform.Load.Stack;
using Platform.Silo.Storage;

namespace Platform.Load.Checking.Planted;

/// <summary>
/// A bug under load, and what the checker says of it. Where it takes two activations of one citizen there are two silos that do not know of each other,
/// each with an API, over one database.
/// </summary>
internal sealed class PlantedRun(ProvinceStack stack)
{
    /// <summary>Citizens of one round; none of them is asked about in another, for what a bug did to a ledger stays there.</summary>
    public const int Citizens = 40;

    // A bug must be found within a minute of load; how much a busy machine gets done in a few seconds of it differs by a factor of ten.
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);
    private int _next;

    /// <summary>Rounds of the given length until the checker finds something, or for a minute; one round without a bug. Gives the last round's report and history.</summary>
    public async Task<(CheckReport Report, History History)> Run(PlantedBug bug, TimeSpan length, CancellationToken cancellation)
    {
        await using var one = await SideProvince.Start(stack, ["planted-silo", bug.ToString()], cancellation);
        await using var other = bug is PlantedBug.None or PlantedBug.NoAppendCheck ? await SideProvince.Start(stack, ["planted-silo", bug.ToString()], cancellation) : null;
        var whole = await StackTarget.Of(stack, cancellation);
        whole = whole with { Apis = other is null ? [one.Api] : [one.Api, other.Api] };
        var round = await Round(whole, bug, length, cancellation);
        for (var spent = length; bug != PlantedBug.None && round.Report.ExitCode == CheckReport.Clean && spent + length <= Most; spent += length)
        {
            round = await Round(whole, bug, length, cancellation);
        }

        return round;
    }

    private async Task<(CheckReport Report, History History)> Round(LoadTarget whole, PlantedBug bug, TimeSpan length, CancellationToken cancellation)
    {
        var first = _next;
        _next += Citizens;
        var target = whole with
        {
            Citizens = [.. whole.Citizens.Skip(first).Take(Citizens)],
            PersonToken = citizen => whole.PersonToken(first + citizen),
        };
        if (target.Citizens.Length < Citizens)
        {
            throw new InvalidOperationException("The province has too few citizens for so many rounds.");
        }

        History history;
        await using (var load = await LoadRun.Start(target, Load(first + (int)bug, length), cancellation))
        {
            await load.Through;
            history = (await load.Stop()).History;
        }

        await using var database = PlatformDatabase.Open(stack.Database);
        if (bug == PlantedBug.DeletedRow)
        {
            await Delete(database, history.Operations.Where(operation => operation.Entry is not null).Select(operation => operation.Entry!.Value).ToImmutableArray(), cancellation);
        }

        return (await HistoryCheck.WithLedgers(history, database, citizen => PersonalId.Parse(target.Citizens[citizen]), cancellation), history);
    }

    private static LoadOptions Load(int seed, TimeSpan length) => new()
    {
        Rate = 120,
        Length = length,
        Seed = seed,
        Hot = Citizens / 2,
        Retry = true,
        Mix = Mix.TryParse("consented=50,change=20,lawful=10,push=5,ledger=5,accesses=5", out var mix, out var finding) ? mix : throw new InvalidOperationException(finding),
    };

    private static async Task Delete(PlatformDatabase database, ImmutableArray<Guid> entries, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM ledger WHERE entry_id = @id";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("id", entries[entries.Length / 2].ToByteArray(bigEndian: true));
        command.Parameters.Add(id);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
