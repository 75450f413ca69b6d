using System.Globalization;
using Platform.Domain;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;

namespace Platform.Tests.Domain.Sharing;

/// <summary>
/// Everything around one request, as it is outside the decision: a real record, a real consent, a real clock. Remedies are carried out here without any
/// help of the code that found them.
/// </summary>
internal sealed record World
{
    public static readonly PersonalId Stranger = PersonalId.Parse("067080000001");
    public static readonly PersonalId Relative = PersonalId.Parse("067080000002");

    public required RuleBook Book { get; init; }

    public required DisclosureRequest Request { get; init; }

    public required CitizenRecord? Record { get; init; }

    public required PersonalId? OfficialId { get; init; }

    public required bool Suspended { get; init; }

    public required UsageCounts Usage { get; init; }

    public required DateTimeOffset Now { get; init; }

    public SharingFacts Facts => SharingFacts.Project(Record, Request, Book, Usage, Suspended, Request.Official is null ? null : OfficialId, Now);

    public static CitizenRecord Newcomer { get; } = Some.Citizen(("household.members", $$"""[{"name":"B","personalId":"{{Relative.Reveal()}}"}]"""));

    public Decision Decide() => SharingRules.Decide(Request, Facts, Book, Now);

    public bool Releases(string target) => Decide().Targets.Single(decided => decided.Target == target).Released;

    /// <summary>The world after all these changes; the order in which they are told does not matter.</summary>
    public World After(IEnumerable<Remedy> remedies, string name) =>
        remedies.OrderBy(remedy => remedy.Kind is RemedyKind.RegisterSubject or RemedyKind.RegisterSystem or RemedyKind.NameOfficial ? 0 : 1)
            .ThenByDescending(remedy => remedy.Kind)
            .Aggregate(this, (world, remedy) => world.After(remedy, name, Now));

    private World After(Remedy remedy, string name, DateTimeOffset started) => remedy switch
    {
        { Kind: RemedyKind.NameOfficial } => this with { Request = Request with { Official = Some.Official() }, OfficialId = Stranger },
        { Kind: RemedyKind.UseOtherOfficial, Value: "other" } => this with { OfficialId = Stranger },
        { Kind: RemedyKind.UseOtherOfficial, Value: "self" } => this with { OfficialId = Record!.PersonalId },
        { Kind: RemedyKind.UseOtherOfficial, Value: "household" } => this with { OfficialId = Relative },
        { Kind: RemedyKind.RaiseIdentityLevel, Value: { } level } => this with
        {
            Request = Request with { Official = Request.Official! with { IdentityLevel = int.Parse(level, CultureInfo.InvariantCulture) } },
        },
        { Kind: RemedyKind.GiveCaseReference, Value: { } example } => this with { Request = Request with { CaseReference = example } },
        { Kind: RemedyKind.UsePurpose, Value: { } purpose } => this with { Request = Request with { Purpose = purpose } },
        { Kind: RemedyKind.ObtainConsent, Value: { } recipient, Detail: { } purpose } => this with
        {
            Record = Record!.WithConsent(Some.Consent(recipient, purpose, name) with { DecidedAt = started, ValidFrom = started, ValidTo = started.AddYears(50) }),
        },
        { Kind: RemedyKind.WaitUntil, Value: { } until } => this with { Now = Some.Instant(until) },
        { Kind: RemedyKind.CorrectRecord, Value: "protected", Detail: { } to } => this with { Record = Record! with { Protected = to == "true" } },
        { Kind: RemedyKind.CorrectRecord, Value: { } path, Detail: { } to } => this with
        {
            Record = Record!.WithAttributes(Some.From("population", 2), Some.Values((path, to))),
        },
        { Kind: RemedyKind.ResumeSystem, Value: { } system } when system == Request.System => this with { Suspended = false },
        { Kind: RemedyKind.RegisterSystem, Value: { } system } => this with
        {
            Book = Book with { Systems = [.. Book.Systems, new SectorSystem { Id = system, Organisation = system, Name = Some.Text(system) }] },
        },
        { Kind: RemedyKind.RegisterSubject } => this with { Record = Newcomer },
        { Kind: RemedyKind.PublishRule, Value: { } purpose, Detail: { } target } => this with
        {
            Book = Book with
            {
                Purposes = Book.Purpose(purpose) is null ? [.. Book.Purposes, Some.Purpose(purpose, "new")] : Book.Purposes,
                Rules =
                [
                    Some.Rule("published", Effect.Permit, [target], new SystemCondition([Request.System]), new PurposeCondition([purpose])), .. Book.Rules,
                ],
            },
        },
        { Kind: RemedyKind.LiftRule, Value: { } rule } => this with { Book = Book with { Rules = [.. Book.Rules.Where(held => held.Id != rule)] } },
        _ => throw new InvalidOperationException($"Nobody can carry out {remedy}."),
    };

    public override string ToString() => DomainJson.Write(new
    {
        Book.Rules,
        Request,
        Facts,
        Now,
        Decision = Decide(),
    });
}
