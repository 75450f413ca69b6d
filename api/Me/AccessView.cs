using System.Collections.Immutable;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Sharing;

namespace Platform.Api.Me;

/// <summary>A page of accesses, newest first.</summary>
sealed record AccessList
{
    /// <summary>The accesses.</summary>
    public required ImmutableArray<AccessView> Items { get; init; }

    /// <summary>To be sent as before for the next page; null at the end.</summary>
    public required long? Next { get; init; }

    public static AccessList From(AccessPage page, RuleBook book) => new()
    {
        Items = [.. page.Entries.Select(entry => AccessView.From(entry, book))],
        Next = page.Next,
    };
}

/// <summary>One access to the citizen's data: who learned what for which purpose, or tried to.</summary>
sealed record AccessView
{
    /// <summary>Position in the ledger.</summary>
    public required long Seq { get; init; }

    /// <summary>Identity of the ledger entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A disclosure to a sector system, an identity release at a login, or a document that the citizen showed.</summary>
    public required AccessKind Kind { get; init; }

    /// <summary>Organisation that asked; the relying party for an identity release.</summary>
    public required Named Organisation { get; init; }

    /// <summary>Its system.</summary>
    public required Named System { get; init; }

    /// <summary>Purpose of a disclosure.</summary>
    public required Named? Purpose { get; init; }

    /// <summary>Legal ground of the purpose with its article.</summary>
    public required LocalText? Ground { get; init; }

    /// <summary>The official behind it, if one was named.</summary>
    public required AccessOfficial? Official { get; init; }

    /// <summary>Case reference, if one was given.</summary>
    public required string? CaseReference { get; init; }

    /// <summary>Permitted, partly permitted or denied.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What was asked for, and what became of it.</summary>
    public required ImmutableArray<AccessedTarget> Targets { get; init; }

    /// <summary>The citizen's latest question about this access.</summary>
    public required Guid? Asked { get; init; }

    public static AccessView From(AccessEntry entry, RuleBook book)
    {
        var (organisation, system) = AccessNames.Of(entry.Source, entry.SourceName, book);
        var purpose = entry.Purpose is null ? null : book.Purpose(entry.Purpose);
        return new AccessView
        {
            Seq = entry.Seq,
            Id = entry.Id,
            At = entry.At,
            Kind = entry.Source.Kind,
            Organisation = organisation,
            System = system,
            Purpose = entry.Purpose is null ? null : Named.Of(entry.Purpose, purpose?.Name),
            Ground = purpose is null ? null : GroundOf(purpose, book),
            Official = entry.OfficialRole is null ? null : new AccessOfficial { Role = entry.OfficialRole, Unit = entry.OfficialUnit },
            CaseReference = entry.CaseReference,
            Outcome = entry.Outcome,
            Targets = entry.Source.Kind == AccessKind.Disclosure
                ? [.. entry.Targets.Select(AccessedTarget.From)]
                : [.. entry.Shown.Select(name => AccessedTarget.Shown(name, entry.Source.Kind))],
            Asked = entry.Asked,
        };
    }

    static LocalText GroundOf(Purpose purpose, RuleBook book) => book.Grounds.FirstOrDefault(ground => ground.Id == purpose.Ground) is { } ground
        ? new LocalText { Vi = $"{ground.Name.Vi}, {purpose.Article}", En = $"{ground.Name.En}, {purpose.Article}" }
        : new LocalText { Vi = purpose.Article, En = purpose.Article };
}

/// <summary>The official behind an access.</summary>
sealed record AccessOfficial
{
    /// <summary>Role in which the official acted.</summary>
    public required string Role { get; init; }

    /// <summary>Unit.</summary>
    public required string? Unit { get; init; }
}

/// <summary>What became of one thing that was asked for.</summary>
sealed record AccessedTarget
{
    /// <summary>The target as asked for, or the claim.</summary>
    public required string Target { get; init; }

    /// <summary>Name.</summary>
    public required LocalText Label { get; init; }

    /// <summary>Whether it was released.</summary>
    public required bool Released { get; init; }

    /// <summary>Why; what would change it is told to those who ask, not to the person asked about.</summary>
    public required LocalText Explanation { get; init; }

    /// <summary>The consent that the release rests on.</summary>
    public required Guid? Consent { get; init; }

    public static AccessedTarget From(DisclosedTarget target)
    {
        var label = AttributeCatalogue.Shipped.Label(Domain.Sharing.Target.Parse(target.Target).Name);
        return new AccessedTarget
        {
            Target = target.Target,
            Label = label,
            Released = target.Released,
            Explanation = Domain.Sharing.Explanation.Of(target.Reason, label, target.Article, []),
            Consent = target.Consent,
        };
    }

    public static AccessedTarget Shown(string name, AccessKind kind)
    {
        var label = AccessNames.Claim(name);
        return new AccessedTarget
        {
            Target = name,
            Label = label,
            Released = true,
            Explanation = kind == AccessKind.IdentityReleased
                ? new LocalText
                {
                    Vi = $"Đã cung cấp “{label.Vi}” khi bạn đăng nhập và đồng ý chia sẻ với dịch vụ này.",
                    En = $"“{label.En}” was released when you logged in and agreed to share it with this service.",
                }
                : new LocalText { Vi = $"Bạn đã cho xem “{label.Vi}”.", En = $"You showed “{label.En}”." },
            Consent = null,
        };
    }
}
