using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Sharing;

namespace Platform.Domain.Consents;

/// <summary>
/// What a person is told before consenting (Law 91/2025/QH15 art. 9; Decree 13/2023/NĐ-CP art. 11 and 13): everything that makes a consent valid, in
/// one text that is shown, hashed and kept as it stands.
/// </summary>
public sealed record ConsentStatement
{
    /// <summary>Version of the wording; a change of any sentence is a new version.</summary>
    public const string Version = "1";

    private static readonly TimeSpan LocalDay = TimeSpan.FromDays(1);

    /// <summary>The recipient: organisation id.</summary>
    public required string Recipient { get; init; }

    /// <summary>The recipient's name in the language of the text.</summary>
    public required string RecipientName { get; init; }

    /// <summary><c>vi</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The paragraphs, separated by line feeds.</summary>
    public required string Text { get; init; }

    /// <summary>Paths and names that the text lists, in the order in which it lists them.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>SHA-256 of a text (UTF-8), in lower-case hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether the law counts what a target tells as sensitive (Decree 356/2025): an attribute by the catalogue, a predicate by what it reads.</summary>
    public static bool IsSensitive(string target)
    {
        var catalogue = AttributeCatalogue.Shipped;
        return catalogue.Attributes.TryGetValue(target, out var attribute)
            ? attribute.Sensitivity == Sensitivity.Sensitive
            : catalogue.Predicates.TryGetValue(target, out var predicate)
                && predicate.Reads.Any(path => catalogue.Attributes.TryGetValue(path, out var read) && read.Sensitivity == Sensitivity.Sensitive);
    }

    /// <summary>What the representative of a ward is shown and approves: the text, and of what it lists the targets that the ward has chosen.</summary>
    public static string ForRepresentative(string text, IEnumerable<string> chosen, string language)
    {
        var isVietnamese = language != "en";
        var listed = chosen.Order(StringComparer.Ordinal)
            .Select(target => AttributeCatalogue.Shipped.Label(target))
            .Select(label => $"• {(isVietnamese ? label.Vi : label.En)}");
        return string.Join('\n', [text, isVietnamese ? "Các mục đã được chọn:" : "Chosen of these:", .. listed]);
    }

    /// <summary>
    /// Words a proposal of a system for a purpose: <paramref name="days"/> and <paramref name="dataLifeDays"/> in days from <paramref name="now"/>
    /// (UTC). System, purpose and targets must be known to <paramref name="book"/> and the catalogue. A limit of its use is told where there is one.
    /// </summary>
    public static ConsentStatement Word(
        RuleBook book,
        SectorSystem system,
        Purpose purpose,
        ImmutableArray<string> targets,
        int days,
        int dataLifeDays,
        DateTimeOffset now,
        string language,
        FrequencyLimit? limit = null)
    {
        var isVietnamese = language != "en";
        string Say(LocalText text) => isVietnamese ? text.Vi : text.En;
        string Date(DateTimeOffset instant) => CivilTime.Day(instant).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var organisation = book.Organisation(system.Organisation)!;
        var ground = book.Grounds.FirstOrDefault(candidate => candidate.Id == purpose.Ground);
        var listed = targets.Select(target => IsSensitive(target)
            ? $"• {Say(AttributeCatalogue.Shipped.Label(target))} ({(isVietnamese ? "dữ liệu cá nhân nhạy cảm" : "sensitive personal data")})"
            : $"• {Say(AttributeCatalogue.Shipped.Label(target))}");
        var (from, until) = (Date(now), Date(now + (days * LocalDay)));
        string[] lines = isVietnamese
            ?
            [
                $"Bên nhận dữ liệu: {Say(organisation.Name)}, qua hệ thống {Say(system.Name)}.",
                $"Mục đích: {Say(purpose.Name)}. {Say(purpose.Description)}",
                $"Căn cứ pháp lý của mục đích: {(ground is null ? purpose.Article : $"{Say(ground.Name)}, {purpose.Article}")}. Việc chia sẻ dữ liệu dưới đây chỉ dựa trên sự đồng ý của bạn.",
                "Dữ liệu được đề nghị chia sẻ; bạn chọn từng mục, không mục nào được chọn sẵn:",
                .. listed,
                $"Thời hạn của sự đồng ý: từ {from} đến {until}.",
                .. LimitLine(limit, isVietnamese),
                $"Bên nhận được lưu dữ liệu tối đa {dataLifeDays} ngày kể từ khi nhận.",
                "Nếu bạn từ chối: dữ liệu trên không được chia sẻ dựa trên sự đồng ý. Từ chối không làm mất quyền của bạn; bên nhận phải cho bạn cách khác để nộp thông tin mà pháp luật yêu cầu.",
                "Bạn có thể rút lại sự đồng ý bất cứ lúc nào trên cổng dịch vụ của tỉnh hoặc tại bộ phận một cửa; từ lúc việc rút lại được xác nhận, không dữ liệu nào được chia sẻ theo sự đồng ý này nữa. Việc chia sẻ hợp pháp trước đó không bị ảnh hưởng.",
                "Quyền của bạn: được biết, xem, chỉnh sửa, yêu cầu hạn chế hoặc xóa dữ liệu, phản đối, khiếu nại và yêu cầu bồi thường theo luật. Mỗi lần dữ liệu được khai thác đều ghi vào sổ truy cập của bạn.",
            ]
            :
            [
                $"Recipient: {Say(organisation.Name)}, through its system {Say(system.Name)}.",
                $"Purpose: {Say(purpose.Name)}. {Say(purpose.Description)}",
                $"Legal basis of the purpose: {(ground is null ? purpose.Article : $"{Say(ground.Name)}, {purpose.Article}")}. What is listed below is shared on your consent alone.",
                "Data asked for; you choose each item, none is chosen beforehand:",
                .. listed,
                $"The consent holds from {from} to {until}.",
                .. LimitLine(limit, isVietnamese),
                $"The recipient may keep the data for at most {dataLifeDays} days after receiving it.",
                "If you refuse: nothing of the above is shared on consent. Refusing takes no right from you; the recipient must offer another way to hand in what the law requires.",
                "You may withdraw the consent at any time in the province's portal or at the one-stop counter; once the withdrawal is confirmed, nothing more is shared on it. What was lawfully shared before stays lawful.",
                "Your rights: to know, see and correct your data, to have its use restricted or the data deleted, to object, to complain and to claim damages as the law provides. Every use is entered in your access ledger.",
            ];
        return new ConsentStatement
        {
            Recipient = organisation.Id,
            RecipientName = Say(organisation.Name),
            Language = isVietnamese ? "vi" : "en",
            Text = string.Join('\n', lines),
            Targets = targets,
        };
    }

    private static string[] LimitLine(FrequencyLimit? limit, bool isVietnamese) => limit switch
    {
        null => [],
        { Per: Period.Total } when isVietnamese => [$"Dữ liệu được khai thác theo sự đồng ý này tối đa {limit.Count} lần."],
        { Per: Period.Total } => [$"The data may be had on this consent at most {limit.Count} times."],
        _ when isVietnamese => [$"Dữ liệu được khai thác theo sự đồng ý này tối đa {limit.Count} lần trong một {Span(limit.Per).Vi}."],
        _ => [$"The data may be had on this consent at most {limit.Count} times in one {Span(limit.Per).En}."],
    };

    private static (string Vi, string En) Span(Period period) => period switch
    {
        Period.Day => ("ngày", "day"),
        Period.Month => ("tháng", "month"),
        _ => ("năm", "year"),
    };
}
