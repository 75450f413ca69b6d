using Platform.Tests.Silo.Fixtures;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>The same promises with the province's records on a real PostgreSQL server.</summary>
public sealed class PostgresTests(PeopleIssuer people, PostgresServer server) : IClassFixture<PeopleIssuer>
{
    [Fact]
    public async Task A_province_on_PostgreSQL_serves_every_sector_system_and_a_withdrawn_consent_refuses_the_next_read()
    {
        var database = await server.CreateDatabase();
        await using var province = await ProvinceProcess.Start(ProvinceProcess.NewData(), ProvinceProcess.FreeBasePort(), people, database);
        using var client = new ProvinceClient(province);

        await ProvinceFlow.EverySystemGetsItsExample(client);
        await ProvinceFlow.AWithdrawnConsentRefusesTheNextRead(client, people);
    }

    [Fact]
    public async Task A_killed_province_on_PostgreSQL_has_every_answer_it_gave_in_its_ledger_and_goes_on_where_it_was()
    {
        var database = await server.CreateDatabase();
        await ProvinceFlow.AKilledProvinceHasEveryAnswerInItsLedger(people, ProvinceProcess.NewData(), database, database);
    }
}
