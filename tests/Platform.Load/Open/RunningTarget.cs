using System.Security.Cryptography;
using Platform.Domain.Citizens;
using Platform.Load.Logins;
using Platform.Load.Stack;

namespace Platform.Load.Open;

/// <summary>A running province as a target. Its API has to trust the load program's own issuer for citizens, at a fixed address.</summary>
internal sealed class RunningTarget : IAsyncDisposable
{
    public const int IssuerPort = 5977;
    private readonly TestIssuer _people;
    private readonly SectorTokens _sectors;

    private RunningTarget(TestIssuer people, SectorTokens sectors, LoadTarget target) => (_people, _sectors, Target) = (people, sectors, target);

    public LoadTarget Target { get; }

    public static async Task<RunningTarget> Open(string data, int mostCitizens, CancellationToken cancellation)
    {
        var province = await RunningProvince.Read(data, cancellation);
        using var http = new HttpClient();
        var login = await ProvinceTarget.Read(http, data, cancellation);
        var people = new TestIssuer(IssuerPort, await Key(Path.Combine(data, "load-issuer.pem"), cancellation));
        await people.Start(cancellation);
        var sectors = new SectorTokens(province.Identity, [province.Identity], province.Key);
        string[] citizens = [.. province.Records().Where(IsUsable).Select(record => record.PersonalId.Reveal()).Distinct().Take(mostCitizens)];
        return new(people, sectors, new LoadTarget
        {
            Apis = [new Uri(province.Api)],
            Citizens = [.. citizens],
            PersonToken = citizen => people.Citizen(citizens[citizen]),
            AskToken = (system, _, stop) => sectors.Ask(system, province.Identity, stop),
            Identities = 1,
            Login = login,
            People = ProvinceTarget.People(data),
        });
    }

    public async ValueTask DisposeAsync()
    {
        _sectors.Dispose();
        await _people.DisposeAsync();
    }

    private static bool IsUsable(CitizenRecord record) => Local.LocalProvince.IsAdult(record) && record.Consents.IsEmpty;

    // The province remembers the issuer's key from run to run.
    private static async Task<ECDsa> Key(string file, CancellationToken cancellation)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file))
        {
            key.ImportFromPem(await File.ReadAllTextAsync(file, cancellation));
        }
        else
        {
            await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem(), cancellation);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        return key;
    }
}
