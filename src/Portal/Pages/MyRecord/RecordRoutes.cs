using System.Collections.Frozen;
using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.MyRecord;

/// <summary>What the province holds about the person, each field with its source and date.</summary>
static class RecordRoutes
{
    static readonly FrozenSet<string> Numbers = ["profile.oldIdNumbers", "profile.phone", "profile.email", "residence.fileNumber", "household.code"];

    // As people look for things, and as the paper has them; what is not named here follows.
    static readonly ImmutableArray<string> Order =
    [
        "profile.fullName", "profile.otherNames", "profile.birthDate", "profile.sex", "profile.nationality", "profile.ethnicity", "profile.religion", "profile.birthPlace",
        "profile.birthRegistrationPlace", "profile.hometown", "profile.maritalStatus", "profile.spouseName", "profile.fatherName", "profile.motherName", "profile.cardIssuedOn",
        "profile.cardValidTo", "profile.oldIdNumbers", "profile.phone", "profile.email", "residence.permanent.address", "residence.permanent.commune",
        "residence.permanent.since", "residence.temporary.address", "residence.temporary.commune", "residence.temporary.until", "residence.current.address",
        "residence.current.commune", "household.headName", "household.relationToHead", "household.memberCount", "household.members",
    ];

    public static void MapRecord(this IEndpointRouteBuilder routes) => routes.MapGet(Addresses.Record, Show);

    static async Task<IResult> Show(Visit visit) => visit.Page<RecordPage, RecordModel>(
        new RecordModel((await visit.Api.Get<Record>("v1/me")).Require(), visit.Query("show") == "1"));

    public static IEnumerable<RecordField> InOrder(RecordGroup group) =>
        group.Attributes.OrderBy(field => Order.IndexOf(field.Path) is var place and >= 0 ? place : Order.Length);

    /// <summary>Whether a field stays hidden until the person wants to see it, because others may look over their shoulder.</summary>
    public static bool IsPrivate(RecordField field) => field.Sensitivity == "sensitive" || Numbers.Contains(field.Path);
}

/// <summary>What the record page shows.</summary>
public sealed record RecordModel(Record Record, bool Show)
{
    internal bool Hides(RecordField field) => !Show && RecordRoutes.IsPrivate(field);
}
