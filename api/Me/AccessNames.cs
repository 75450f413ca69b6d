using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>Names of those who had access. A relying party's key begins with <c>client:</c>, so that it is never taken for an organisation.</summary>
static class AccessNames
{
    const string Client = "client:";
    const string Presentation = "presentation";

    public static (Named Organisation, Named System) Of(AccessSource source, string? name, RuleBook book)
    {
        switch (source.Kind)
        {
            case AccessKind.Disclosure:
                var system = book.System(source.Id);
                var organisation = system?.Organisation ?? source.Id;
                return (Named.Of(organisation, book.Organisation(organisation)?.Name), Named.Of(source.Id, system?.Name));
            case AccessKind.IdentityReleased:
                var label = name is null ? null : new LocalText { Vi = name, En = name };
                var party = Named.Of(Client + source.Id, label ?? new LocalText { Vi = source.Id, En = source.Id });
                return (party, party with { Key = source.Id });
            default:
                var shown = Named.Of(Presentation, new LocalText { Vi = "Người bạn cho xem", En = "Whoever you showed it to" });
                return (shown, shown);
        }
    }

    /// <summary>The sources that an organisation's key stands for; a system that the book no longer has stands for itself.</summary>
    public static ImmutableArray<AccessSource> SourcesOf(string organisation, RuleBook book)
    {
        if (organisation == Presentation)
        {
            return [new AccessSource { Kind = AccessKind.PresentationShown, Id = "" }];
        }

        if (organisation.StartsWith(Client, StringComparison.Ordinal))
        {
            return [new AccessSource { Kind = AccessKind.IdentityReleased, Id = organisation[Client.Length..] }];
        }

        return
        [
            .. book.Systems.Where(system => system.Organisation == organisation)
                .Select(system => system.Id)
                .DefaultIfEmpty(organisation)
                .Select(id => new AccessSource { Kind = AccessKind.Disclosure, Id = id }),
        ];
    }

    /// <summary>Name of an identity claim, or of an attribute.</summary>
    public static LocalText Claim(string name) => name switch
    {
        IdentityClaims.Name => AttributeCatalogue.Shipped.Label("profile.fullName"),
        IdentityClaims.BirthDate => AttributeCatalogue.Shipped.Label("profile.birthDate"),
        IdentityClaims.Gender => AttributeCatalogue.Shipped.Label("profile.sex"),
        IdentityClaims.PersonalId => new LocalText { Vi = "Số định danh cá nhân", En = "Personal ID" },
        _ => AttributeCatalogue.Shipped.Label(name),
    };
}
