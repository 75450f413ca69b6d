using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Platform.Identity.Factors;

static class FactorsSetup
{
    public static void AddFactors(this IServiceCollection services)
    {
        services.AddSingleton<Passwords>();
        services.AddSingleton<UserHandles>();
        services.AddIdentityCore<PasskeyAccount>();
        services.AddScoped<IUserStore<PasskeyAccount>, PasskeyAccounts>();
        services.AddScoped<IPasskeyHandler<PasskeyAccount>, PasskeyHandler<PasskeyAccount>>();
        services.AddScoped<Passkeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<IdentityOptions>>((passkeys, identity) =>
        {
            var issuer = identity.Value.Issuer!;
            passkeys.ServerDomain = issuer.Host;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AttestationConveyancePreference = "none";
            // The address that people see, whatever host name a proxy passes on.
            passkeys.ValidateOrigin = origin =>
                ValueTask.FromResult(!origin.CrossOrigin && origin.Origin == issuer.GetLeftPart(UriPartial.Authority));
        });
    }
}
