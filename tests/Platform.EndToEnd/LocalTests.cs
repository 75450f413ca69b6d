using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Platform.Domain.Sharing;
using Platform.EndToEnd.Logins;
using Platform.Local;
using Xunit;

namespace Platform.EndToEnd;

/// <summary>The newcomer's first command, on the embedded database.</summary>
public sealed partial class LocalTests(PeopleIssuer people) : IClassFixture<PeopleIssuer>
{
    [Fact]
    public async Task A_new_province_serves_every_sector_system_and_a_withdrawn_consent_refuses_the_next_read()
    {
        await using var province = await ProvinceProcess.Start(ProvinceProcess.NewData(), ProvinceProcess.FreeBasePort(), people);
        using var client = new ProvinceClient(province);

        await ProvinceFlow.EverySystemGetsItsExample(client);
        await ProvinceFlow.AWithdrawnConsentRefusesTheNextRead(client, people);

        await province.Interrupt();
        Assert.Equal(0, province.ExitCode);
        // The greeting names the demonstration's people; no log line names anybody.
        Assert.DoesNotContain(province.Output, line => line.StartsWith('{') && TwelveDigits().IsMatch(line));
    }

    [Fact]
    public async Task The_portal_answers_and_lets_in_the_first_citizen_and_the_officer_each_at_their_own_door()
    {
        await using var province = await ProvinceProcess.Start(ProvinceProcess.NewData(), ProvinceProcess.FreeBasePort(), citizens: 60);
        using var document = province.Province();
        var portal = document.RootElement.GetProperty("portal").GetString()!;
        using var citizen = new PersonBrowser(province);
        using var officer = new PersonBrowser(province, person: 3);

        await citizen.Look(portal, Ct);
        Assert.Contains("lang=\"vi\"", citizen.Page, StringComparison.Ordinal);
        await citizen.Open(portal + "login", portal + "overview", Ct);
        await citizen.Look(portal + "overview", Ct);
        Assert.Contains(RuleBook.Shipped.Organisation("ngan-hang")!.Name.Vi, WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        Assert.Contains(RuleBook.Shipped.Organisation("dien-luc")!.Name.Vi, WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
        await officer.Open(portal + "counter/login", portal + "counter", Ct);

        Assert.Contains(province.Output, line => line.Contains($"Open {portal} and log in", StringComparison.Ordinal));
        Assert.Equal(4, province.Output.Count(line => TwelveDigits().IsMatch(line) && !line.Contains("--", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_data_folder_from_before_there_was_an_officer_gets_one_and_its_history_is_told_once()
    {
        var data = ProvinceProcess.NewData();
        var port = ProvinceProcess.FreeBasePort();
        await using (var province = await ProvinceProcess.Start(data, port, citizens: 60))
        {
            await province.Interrupt();
        }

        var people = Path.Combine(data, "people.json");
        var told = await Entries();
        await File.WriteAllTextAsync(people, (await File.ReadAllTextAsync(people, Ct)).Replace("\"one-stop-officer\"", "", StringComparison.Ordinal), Ct);
        await using (var province = await ProvinceProcess.Start(data, port, citizens: 60))
        {
            Assert.Contains(province.Output, line => line.Contains("(one-stop-officer)", StringComparison.Ordinal));
            await province.Interrupt();
        }

        Assert.Equal("one-stop-officer", DemoAccounts.Read(data)[3].Roles.Single());
        Assert.Equal(told, await Entries());

        async Task<long> Entries()
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "province.db")};Pooling=False");
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM ledger";
            return (long)(await command.ExecuteScalarAsync(Ct))!;
        }
    }

    [Fact]
    public async Task A_killed_province_has_every_answer_it_gave_in_its_ledger_and_goes_on_where_it_was()
    {
        var data = ProvinceProcess.NewData();
        await ProvinceFlow.AKilledProvinceHasEveryAnswerInItsLedger(people, data, database: null, $"sqlite:{Path.Combine(data, "province.db")}");
    }

    [Fact]
    public async Task A_changed_ledger_entry_is_found_by_the_verify_command()
    {
        var data = ProvinceProcess.NewData();
        await using (var province = await ProvinceProcess.Start(data, ProvinceProcess.FreeBasePort(), citizens: 20))
        {
            await province.Interrupt();
        }

        var file = Path.Combine(data, "province.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE ledger SET body = replace(body, 'population', 'population2') WHERE subject = (SELECT min(subject) FROM ledger)";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
        }

        var (exit, output) = await ProvinceProcess.Run("Platform.Silo", "verify-ledger", "--database", $"sqlite:{file}");
        Assert.Equal(1, exit);
        Assert.Contains("entry.changed", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(TwelveDigits(), output);
    }

    [Fact]
    public async Task A_port_in_use_ends_in_a_sentence()
    {
        var port = ProvinceProcess.FreeBasePort();
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, port + 2));
        taken.Listen();
        await using var province = await ProvinceProcess.Start(ProvinceProcess.NewData(), port, citizens: 10);
        Assert.Equal(78, province.ExitCode);
        Assert.Contains(province.Output, line => line.Contains($"Port {port + 2} is in use", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_data_folder_in_use_ends_in_a_sentence()
    {
        var data = ProvinceProcess.NewData();
        Directory.CreateDirectory(data);
        await using var held = new FileStream(Path.Combine(data, "province.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var province = await ProvinceProcess.Start(data, ProvinceProcess.FreeBasePort(), citizens: 10);
        Assert.Equal(78, province.ExitCode);
        Assert.Contains(province.Output, line => line.Contains("in use by another process", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_database_ends_in_a_sentence()
    {
        var data = ProvinceProcess.NewData();
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "province.db"), new string('x', 8192), Ct);
        await using var province = await ProvinceProcess.Start(data, ProvinceProcess.FreeBasePort(), citizens: 10);
        Assert.Equal(78, province.ExitCode);
        Assert.Contains(province.Output, line => line.Contains("damaged or locked", StringComparison.Ordinal));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex("(^|[^0-9A-Za-z])[0-9]{12}([^0-9A-Za-z]|$)")]
    private static partial Regex TwelveDigits();
}
