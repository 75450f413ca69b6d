using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>Rule books and the standing of sector systems; one grain, key <see cref="Key"/>.</summary>
[Alias("rule-books"), GrainInterfaceType("rule-books")]
public interface IRuleBooks : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "rules";

    /// <summary>All drafts and books, without their content, by number.</summary>
    [Alias("list")]
    Task<ImmutableArray<RuleBookView>> List();

    /// <summary>One book with its content, or null.</summary>
    [Alias("get")]
    Task<RuleBookView?> Get(int number);

    /// <summary>The book in force now, with its content.</summary>
    [Alias("current")]
    Task<RuleBookView> Current();

    /// <summary>Drafts a book from its JSON text; it is given the next number. Repeating the operation key gives the first answer again.</summary>
    [Alias("draft")]
    Task<RuleBookAnswer> Draft(string operationKey, string person, string book);

    /// <summary>Approves or rejects a draft; the reviewer is another person than the drafter.</summary>
    [Alias("review")]
    Task<RuleBookAnswer> Review(int number, string person, bool approve, string comment);

    /// <summary>Publishes an approved draft from an instant that lies after every lease that could still trust an older book; not by its drafter.</summary>
    [Alias("publish")]
    Task<RuleBookAnswer> Publish(int number, string person, DateTimeOffset effectiveFrom);

    /// <summary>The sector systems of the current book and whether they are suspended.</summary>
    [Alias("systems")]
    Task<ImmutableArray<SystemView>> Systems();

    /// <summary>Suspends a system; from one lease later at the latest everything it asks is denied.</summary>
    [Alias("suspend")]
    Task<SystemAnswer> Suspend(string system, string person, string cause);

    /// <summary>Lets a suspended system ask again, from one lease later at the latest.</summary>
    [Alias("resume")]
    Task<SystemAnswer> Resume(string system, string person, string cause);
}

/// <summary>Where a rule book stands.</summary>
public enum RuleBookState
{
    /// <summary>Written by one person.</summary>
    Drafted = 1,

    /// <summary>Approved by another.</summary>
    Approved = 2,

    /// <summary>Rejected by another; it stays so.</summary>
    Rejected = 3,

    /// <summary>Published; in force from its instant until the next book is.</summary>
    Published = 4,
}

/// <summary>A rule book and how it came about.</summary>
[GenerateSerializer, Immutable, Alias("rule-book")]
public sealed record RuleBookView
{
    /// <summary>Number.</summary>
    [Id(0)]
    public required int Number { get; init; }

    /// <summary>State.</summary>
    [Id(1)]
    public required RuleBookState State { get; init; }

    /// <summary>Who drafted it.</summary>
    [Id(2)]
    public required string DraftedBy { get; init; }

    /// <summary>Who reviewed it.</summary>
    [Id(3)]
    public string? ReviewedBy { get; init; }

    /// <summary>The reviewer's comment.</summary>
    [Id(4)]
    public string? Comment { get; init; }

    /// <summary>Who published it.</summary>
    [Id(5)]
    public string? PublishedBy { get; init; }

    /// <summary>From when it is in force (UTC).</summary>
    [Id(6)]
    public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>The book as JSON (see <c>RuleBook</c>), where asked for.</summary>
    [Id(7)]
    public string? Book { get; init; }
}

/// <summary>The book as it now stands, or why not.</summary>
[GenerateSerializer, Immutable, Alias("rule-book-answer")]
public sealed record RuleBookAnswer
{
    /// <summary>The book, if there is one.</summary>
    [Id(0)]
    public RuleBookView? Book { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    /// <summary>For an invalid book: what is wrong, one sentence each.</summary>
    [Id(2)]
    public ImmutableArray<string> Findings { get; init; } = [];

    /// <summary>For a publication too early: the earliest instant that is possible.</summary>
    [Id(3)]
    public DateTimeOffset? Earliest { get; init; }
}

/// <summary>A sector system and its standing.</summary>
[GenerateSerializer, Immutable, Alias("system")]
public sealed record SystemView
{
    /// <summary>Id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Organisation id.</summary>
    [Id(1)]
    public required string Organisation { get; init; }

    /// <summary>Whether it is suspended.</summary>
    [Id(2)]
    public required bool Suspended { get; init; }

    /// <summary>Who suspended or resumed it last.</summary>
    [Id(3)]
    public string? ChangedBy { get; init; }

    /// <summary>Why.</summary>
    [Id(4)]
    public string? Cause { get; init; }

    /// <summary>When (UTC).</summary>
    [Id(5)]
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>The system as it now stands, or why not.</summary>
[GenerateSerializer, Immutable, Alias("system-answer")]
public sealed record SystemAnswer
{
    /// <summary>The system, if there is one.</summary>
    [Id(0)]
    public SystemView? System { get; init; }

    /// <summary>A code of <see cref="Refusals"/>, or null.</summary>
    [Id(1)]
    public string? Refusal { get; init; }
}
