using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;

namespace Platform.Portal.Pages.Documents;

/// <summary>What can be chosen of a document: who it belongs to, and everything that it says.</summary>
static class ShowOptions
{
    public static ImmutableArray<Named> Of(HeldDocument document) =>
    [
        Make("profile.fullName", "Họ và tên của bạn", "Your name"),
        Make("profile.birthDate", "Ngày sinh của bạn", "Your date of birth"),
        Make("number", "Số, ký hiệu", "Number"),
        Make("issuer", "Cơ quan cấp", "Issuing authority"),
        .. document.IssuedOn is null ? ImmutableArray<Named>.Empty : [Make("issuedOn", "Ngày cấp", "Date of issue")],
        .. document.ValidTo is null ? ImmutableArray<Named>.Empty : [Make("validTo", "Có giá trị đến ngày", "Valid to")],
        .. document.Attributes.Select(field => new Named { Key = field.Path, Label = field.Label }),
    ];

    static Named Make(string key, string vi, string en) => new() { Key = key, Label = new LocalText { Vi = vi, En = en } };
}
