using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Platform.Portal.Pages.Counter;

/// <summary>What an officer can ask for a dossier, as the sharing rules of the one-stop system have it; the API decides, this keeps the form from offering what it refuses.</summary>
static partial class Procedure
{
    public const string Purpose = "procedure.prefill";

    /// <summary>The role in which officers ask, as citizens see it in their ledger.</summary>
    public const string Role = "one-stop-officer";

    public const string CaseExample = "H16.12-260302-0042";
    public const string Age = "age.atLeast";
    public const string Matches = "identity.matches";

    public static ImmutableArray<Offer> Identity { get; } =
    [
        new("profile.fullName", "Họ, chữ đệm và tên khai sinh", "Full name at birth registration"),
        new("profile.birthDate", "Ngày, tháng, năm sinh", "Date of birth"),
        new("profile.sex", "Giới tính", "Sex"),
        new("profile.nationality", "Quốc tịch", "Nationality"),
        new("profile.phone", "Số thuê bao di động", "Mobile phone number"),
        new("profile.email", "Địa chỉ thư điện tử", "E-mail address"),
    ];

    public static ImmutableArray<Offer> Residence { get; } =
    [
        new("residence.permanent.commune", "Xã, phường nơi thường trú", "Commune of permanent residence"),
        new("residence.permanent.address", "Địa chỉ thường trú", "Address of permanent residence"),
        new("residence.permanent.since", "Thường trú từ ngày", "Permanent residence since"),
        new("residence.temporary.commune", "Xã, phường nơi tạm trú", "Commune of temporary residence"),
        new("residence.temporary.address", "Địa chỉ tạm trú", "Address of temporary residence"),
        new("residence.temporary.until", "Tạm trú đến ngày", "Temporary residence until"),
        new("residence.current.commune", "Xã, phường nơi ở hiện tại", "Commune of current dwelling"),
        new("residence.current.address", "Địa chỉ nơi ở hiện tại", "Address of current dwelling"),
        new("residence.absent", "Đang khai báo tạm vắng", "Declared temporarily absent"),
        new("residence.fileNumber", "Số hồ sơ cư trú", "Residence file number"),
    ];

    /// <summary>Questions about the person, answered yes, no or unknown.</summary>
    public static ImmutableArray<Offer> Questions { get; } =
    [
        new(Age, "Đủ tuổi", "At least this age"),
        new(Matches, "Khớp họ tên và ngày sinh", "Name and date of birth match"),
        new("household.isHead", "Là chủ hộ", "Is the head of household"),
    ];

    /// <summary>Questions whether a document is held.</summary>
    public static ImmutableArray<Offer> Held { get; } =
    [
        new("document.healthInsurance.held", "Có thẻ bảo hiểm y tế", "Holds a health insurance card"),
        new("document.socialInsurance.held", "Có sổ bảo hiểm xã hội", "Holds a social insurance book"),
        new("document.drivingLicence.held", "Có giấy phép lái xe", "Holds a driving licence"),
        new("document.vehicleRegistration.held", "Có chứng nhận đăng ký xe", "Holds a vehicle registration certificate"),
        new("document.birthCertificate.held", "Có giấy khai sinh", "Holds a birth certificate"),
        new("document.marriageCertificate.held", "Có giấy chứng nhận kết hôn", "Holds a marriage certificate"),
        new("document.landUseCertificate.held", "Có giấy chứng nhận quyền sử dụng đất", "Holds a land-use certificate"),
    ];

    /// <summary>Questions whether a document is in force on a day.</summary>
    public static ImmutableArray<Offer> ValidOn { get; } =
    [
        new("document.healthInsurance.validOn", "Thẻ bảo hiểm y tế còn giá trị vào ngày", "Health insurance card in force on this day"),
        new("document.socialInsurance.validOn", "Sổ bảo hiểm xã hội còn giá trị vào ngày", "Social insurance book in force on this day"),
        new("document.drivingLicence.validOn", "Giấy phép lái xe còn giá trị vào ngày", "Driving licence in force on this day"),
        new("document.vehicleRegistration.validOn", "Chứng nhận đăng ký xe còn giá trị vào ngày", "Vehicle registration certificate in force on this day"),
        new("document.birthCertificate.validOn", "Giấy khai sinh còn giá trị vào ngày", "Birth certificate in force on this day"),
        new("document.marriageCertificate.validOn", "Giấy chứng nhận kết hôn còn giá trị vào ngày", "Marriage certificate in force on this day"),
        new("document.landUseCertificate.validOn", "Giấy chứng nhận quyền sử dụng đất còn giá trị vào ngày", "Land-use certificate in force on this day"),
    ];

    public static ImmutableArray<Offer> Attributes { get; } = [.. Identity, .. Residence];

    public static ImmutableArray<Offer> Predicates { get; } = [.. Questions, .. Held, .. ValidOn];

    /// <summary>Name of a target in an answer, a question with its argument; null for what is not offered here.</summary>
    public static Offer? Find(string target) => Attributes.Concat(Predicates).FirstOrDefault(offer => offer.Name == target.Split('(')[0]);

    /// <summary>The form of case numbers that the rules ask for. A slip is caught here, before it stands in a citizen's ledger as a refusal.</summary>
    [GeneratedRegex(@"^H16\.[0-9]{2}(\.[0-9]{1,3})?-[0-9]{6}-[0-9]{4}\z")]
    public static partial Regex CaseNumber();
}

/// <summary>Something that can be ticked: a path or question of the catalogue with its label.</summary>
public sealed record Offer(string Name, string Vi, string En);
