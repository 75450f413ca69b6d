using System.CommandLine;
using System.Text.Json;
using Platform.Identity.RelyingParties;
using Register = Platform.Identity.RelyingParties.RelyingParties;

namespace Platform.Identity.Commands;

static class RegisterPartyCommand
{
    static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static Command Create(Workbench workbench)
    {
        var file = new Argument<FileInfo>("file") { Description = "JSON as PUT /admin/relying-parties takes it; src/Identity/README.md has one." };
        var jwks = new Option<FileInfo>("--jwks") { Description = "File with its public keys, {\"keys\": [...]}, instead of the jwks in the JSON." };
        file.AcceptExistingOnly();
        jwks.AcceptExistingOnly();
        var command = new Command("register-party", "Register a relying party that logs people in, or replace its registration.") { file, jwks };
        command.SetAction((parsed, ct) => workbench.Use(
            async services =>
            {
                if (await Read(parsed.GetRequiredValue(file), ct) is not { } registration)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        "The file is no relying party in JSON: clientId, nameVi, nameEn, redirectUris and scopes are needed, and nothing unknown is allowed.");
                    return 1;
                }
                if (parsed.GetValue(jwks) is { } keys)
                {
                    registration = registration with { Jwks = await File.ReadAllTextAsync(keys.FullName, ct) };
                }
                return await RegisterCommand.Keep(
                    parsed, services, "relying-party.register", registration.ClientId, () => services.GetRequiredService<Register>().Register(registration, ct), ct);
            },
            ct));
        return command;
    }

    static async Task<RelyingPartyRegistration?> Read(FileInfo file, CancellationToken ct)
    {
        try
        {
            return JsonSerializer.Deserialize<RelyingPartyRegistration>(await File.ReadAllTextAsync(file.FullName, ct), Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
