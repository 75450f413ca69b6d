using System.CommandLine;
using Platform.Contracts;
using Platform.Domain.Citizens;
using Platform.Hosting.Cluster;
using Platform.Identity.Admin;
using Platform.Identity.Sessions;
using Platform.Identity.Storage;

namespace Platform.Identity.Commands;

/// <summary>The first officers, before whom everybody else appears; later ones are appointed at <c>/admin/roles</c>.</summary>
static class AppointCommand
{
    public static Command Create(Workbench workbench)
    {
        var roles = new Option<string[]>("--role") { Required = true, Description = $"Once for each of: {AdminPolicies.OfficerRole}, {AdminPolicies.AdministratorRole}, rule-owner." };
        var checkedBy = new Option<string>("--checked-by") { Required = true, Description = "Who saw the person and their card: name and office." };
        var place = new Option<string>("--place") { Required = true, Description = "Where that was." };
        var command = new Command("appoint", "Give a person, whose number is read from standard input, an account of level 2 and roles. Needs the silos.") { roles, checkedBy, place };
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                await services.GetRequiredService<SharedSecrets>().Load(ct);
                if (!PersonalId.TryParse((await Console.In.ReadLineAsync(ct))?.Trim(), out var number))
                {
                    await error.WriteLineAsync("Standard input is no personal number of twelve digits.");
                    return 1;
                }
                // The other commands need no silo, so only this one asks for the way to them.
                using var cluster = services.GetService<IGrainFactory>() is null ? await ClusterReach.Start(ct) : null;
                var grains = (cluster?.Services ?? services).GetRequiredService<IGrainFactory>();
                var official = parsed.GetRequiredValue(checkedBy);
                var account = grains.GetGrain<IEidAccountGrain>(number.Reveal());
                var code = await Enrol(account, official, parsed.GetRequiredValue(place), services.GetRequiredService<TimeProvider>());
                var answer = code.Refusal is null or EidRefusals.AccountExists
                    ? await account.SetRoles([.. parsed.GetRequiredValue(roles).Distinct()], new AuthorityCall { Official = official, Reason = "appointed by command" })
                    : code;
                var target = services.GetRequiredService<Subjects>().Of(Subjects.ApiSector, number);
                await services.GetRequiredService<AdminAudit>().Keep(AdminAudit.CommandLine, "account.appoint", target, answer.Refusal, ct);
                if (answer.Refusal is { } refusal)
                {
                    await error.WriteLineAsync($"Refused: {refusal}.");
                    return 1;
                }
                await output.WriteLineAsync(code.Secret is { } secret
                    ? $"Appointed. Activation code, for the person only: {secret}"
                    : "Appointed; the person had an account already.");
                return 0;
            },
            ct));
        return command;
    }

    static Task<EidAnswer> Enrol(IEidAccountGrain account, string official, string place, TimeProvider clock) => account.Register(new RegisterAccountCall
    {
        Holder = EidHolder.Citizen,
        Level = 2,
        Check = new RaiseLevelCall { Official = official, Place = place, Biometric = "face", At = clock.GetUtcNow() },
        HolderAgreed = true,
        By = official,
    });
}
