using System.Collections.Immutable;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;

namespace Platform.Api.Me;

/// <summary>An integrated document of the citizen.</summary>
sealed record DocumentView
{
    /// <summary>Document kind of the catalogue.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the kind.</summary>
    public required LocalText Label { get; init; }

    /// <summary>The number that the issuer gave it.</summary>
    public required string Number { get; init; }

    /// <summary>The issuing authority.</summary>
    public required string Issuer { get; init; }

    /// <summary>Date of issue.</summary>
    public required DateOnly? IssuedOn { get; init; }

    /// <summary>First day of validity.</summary>
    public required DateOnly? ValidFrom { get; init; }

    /// <summary>Last day of validity; null if it does not expire.</summary>
    public required DateOnly? ValidTo { get; init; }

    /// <summary>The state today, in Vietnam.</summary>
    public required DocumentState State { get; init; }

    /// <summary>Key of the source.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the source.</summary>
    public required LocalText SourceLabel { get; init; }

    /// <summary>The instant at which the source vouched for it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The issuer's version.</summary>
    public required long IssuerVersion { get; init; }

    /// <summary>What else it says.</summary>
    public required ImmutableArray<HeldAttribute> Attributes { get; init; }

    public static DocumentView From(Document document, DateOnly today)
    {
        var kind = AttributeCatalogue.Shipped.DocumentKinds.GetValueOrDefault(document.Kind);
        return new DocumentView
        {
            Kind = document.Kind,
            Label = new LocalText { Vi = kind?.Vi ?? document.Kind, En = kind?.En ?? document.Kind },
            Number = document.Number,
            Issuer = document.Issuer,
            IssuedOn = document.IssuedOn,
            ValidFrom = document.ValidFrom,
            ValidTo = document.ValidTo,
            State = document.StateOn(today),
            Source = document.Provenance.Source,
            SourceLabel = Sources.Label(document.Provenance.Source),
            AsOf = document.Provenance.AsOf,
            IssuerVersion = document.Provenance.Version,
            Attributes =
            [
                .. from pair in document.Values
                   let attribute = AttributeCatalogue.Shipped.Attributes.GetValueOrDefault($"document.{document.Kind}.{pair.Key}")
                   where attribute is not null
                   select HeldAttribute.Of(attribute, pair.Value, document.Provenance),
            ],
        };
    }
}
