using System.Globalization;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Catalogue;
using Platform.Domain.Citizens;
using Platform.Domain.Ledger;
using Platform.Domain.Sharing;

namespace Platform.Api.Notifications;

/// <summary>The words of notifications; none of them names a personal number or a value.</summary>
static class NotificationTexts
{
    /// <summary>What the citizen may choose to be told of.</summary>
    public static LocalText Label(NotificationKind kind) => kind switch
    {
        NotificationKind.AccessPermitted => Both("Dữ liệu của tôi được cung cấp", "My data was released"),
        NotificationKind.AccessDenied => Both("Yêu cầu dữ liệu của tôi bị từ chối", "A request for my data was denied"),
        NotificationKind.ConsentChanged => Both("Sự đồng ý của tôi thay đổi", "My consents changed"),
        NotificationKind.ConsentRequested => Both("Có đề nghị tôi đồng ý", "I am asked for consent"),
        NotificationKind.DocumentChanged => Both("Giấy tờ của tôi được cập nhật", "My documents were updated"),
        NotificationKind.DocumentExpiring => Both("Giấy tờ của tôi sắp hết hạn", "My documents expire soon"),
        NotificationKind.ReportAnswered => Both("Phản ánh của tôi được trả lời", "My reports were answered"),
        NotificationKind.PresentationShown => Both("Giấy tờ tôi cho xem đã được xem", "A document I showed was looked at"),
        NotificationKind.IdentityReleased => Both("Thông tin định danh được gửi khi đăng nhập", "Identity data sent at a login"),
        NotificationKind.AccountSecurity => Both("An toàn tài khoản", "Account security"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static (LocalText Title, LocalText Text) Of(NotificationView item, RuleBook book)
    {
        var purpose = item.Purpose is null ? null : book.Purpose(item.Purpose)?.Name ?? Both(item.Purpose, item.Purpose);
        switch (item.Kind)
        {
            case NotificationKind.AccessPermitted:
                var got = Asking(item, book);
                return (
                    Both($"{got.Vi} đã nhận dữ liệu của bạn", $"{got.En} received data about you"),
                    Both($"Mục đích: {purpose!.Vi}.", $"Purpose: {purpose.En}."));
            case NotificationKind.AccessDenied:
                var refused = Asking(item, book);
                return (
                    Both($"{refused.Vi} yêu cầu dữ liệu của bạn và bị từ chối", $"{refused.En} asked for data about you and was refused"),
                    Both($"Không dữ liệu nào được cung cấp. Mục đích đã nêu: {purpose!.Vi}.", $"Nothing was released. Purpose given: {purpose.En}."));
            case NotificationKind.ConsentChanged:
                var recipient = Organisation(item.Organisation!, book);
                return (
                    item.Event switch
                    {
                        LedgerKinds.ConsentGranted => Both($"Bạn đã đồng ý cho {recipient.Vi}", $"You gave consent to {recipient.En}"),
                        LedgerKinds.ConsentRefused => Both($"Bạn đã từ chối {recipient.Vi}", $"You refused consent to {recipient.En}"),
                        _ => Both($"Bạn đã rút lại sự đồng ý với {recipient.Vi}", $"You withdrew your consent to {recipient.En}"),
                    },
                    Both($"Mục đích: {purpose!.Vi}.", $"Purpose: {purpose.En}."));
            case NotificationKind.ConsentRequested:
                var asking = Organisation(item.Organisation!, book);
                return (
                    Both($"{asking.Vi} đề nghị bạn đồng ý chia sẻ dữ liệu", $"{asking.En} asks for your consent"),
                    Both($"Mục đích: {purpose!.Vi}. Không có gì được chia sẻ nếu bạn chưa đồng ý.", $"Purpose: {purpose.En}. Nothing is shared unless you agree."));
            case NotificationKind.DocumentChanged:
                var changed = Document(item.Document!);
                return (
                    Both($"{changed.Vi} được cập nhật", $"{changed.En} was updated"),
                    Both("Cơ quan cấp đã gửi giấy tờ hoặc bản mới.", "The issuer sent the document or a new version of it."));
            case NotificationKind.DocumentExpiring:
                var expiring = Document(item.Document!);
                var last = CivilTime.Day(item.Until!.Value).AddDays(-1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
                return (
                    Both($"{expiring.Vi}: hết hạn ngày {last}", $"{expiring.En}: valid to {last}"),
                    Both("Hãy gia hạn hoặc đổi giấy tờ nếu bạn còn cần.", "Renew or replace it if you still need it."));
            case NotificationKind.ReportAnswered:
                return (
                    Both("Phản ánh của bạn đã được trả lời", "Your report was answered"),
                    Both("Mở phản ánh để đọc câu trả lời của cán bộ.", "Open the report to read the official's answer."));
            case NotificationKind.PresentationShown:
                return (
                    Both("Giấy tờ bạn cho xem đã được xem", "The document you showed was looked at"),
                    Both("Mã chỉ dùng được một lần và nay đã hết hiệu lực.", "The code works once and is now spent."));
            case NotificationKind.IdentityReleased:
                return (
                    Both($"Bạn đã đăng nhập vào {item.Party}", $"You logged in to {item.Party}"),
                    Both("Dịch vụ này đã nhận thông tin định danh mà bạn đồng ý chia sẻ.", "The service received the identity data that you agreed to share."));
            default:
                return (
                    SecurityTexts.Of(item.Event),
                    Both(
                        "Nếu không phải bạn thực hiện, hãy khóa tài khoản ngay và đến cơ quan Công an.",
                        "If this was not you, lock your account at once and turn to the police."));
        }
    }

    static LocalText Asking(NotificationView item, RuleBook book) =>
        Organisation(book.System(item.System!)?.Organisation ?? item.System!, book);

    static LocalText Organisation(string id, RuleBook book) => book.Organisation(id)?.Name ?? Both(id, id);

    static LocalText Document(string kind) =>
        AttributeCatalogue.Shipped.DocumentKinds.TryGetValue(kind, out var group) ? Both(group.Vi, group.En) : Both(kind, kind);

    static LocalText Both(string vi, string en) => new() { Vi = vi, En = en };
}
