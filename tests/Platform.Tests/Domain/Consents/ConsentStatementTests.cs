using System.Collections.Immutable;
using Platform.Domain.Catalogue;
using Platform.Domain.Consents;
using Platform.Domain.Sharing;
using Xunit;

namespace Platform.Tests.Domain.Consents;

/// <summary>A statement says all that makes a consent valid (Law 91/2025/QH15 art. 9; Decree 13/2023/NĐ-CP art. 11 and 13).</summary>
public sealed class ConsentStatementTests
{
    private static readonly RuleBook Book = RuleBook.Shipped;
    private static readonly DateTimeOffset LateEvening = new(2026, 11, 30, 17, 30, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<string> Targets = ["profile.fullName", "profile.ethnicity", "age.atLeast"];

    [Fact]
    public void A_Vietnamese_statement_is_complete()
    {
        var statement = Word("vi");

        Assert.Equal(("dien-luc", "Điện lực tỉnh Đắk Nông", "vi"), (statement.Recipient, statement.RecipientName, statement.Language));
        Says(statement, [
            "Điện lực tỉnh Đắk Nông",
            "Hệ thống dịch vụ khách hàng ngành điện",
            "Cấp điện mới từ lưới điện hạ áp",
            "Law 91/2025/QH15 art. 9",
            "không mục nào được chọn sẵn",
            "• Họ, chữ đệm và tên khai sinh",
            "(dữ liệu cá nhân nhạy cảm)",
            "• Đủ tuổi",
            "từ 01/12/2026 đến 31/12/2026",
            "tối đa 90 ngày",
            "Nếu bạn từ chối",
            "rút lại sự đồng ý bất cứ lúc nào",
            "khiếu nại",
        ]);
    }

    [Fact]
    public void An_English_statement_is_complete()
    {
        var statement = Word("en");

        Assert.Equal(("Electricity company of Đắk Nông province", "en"), (statement.RecipientName, statement.Language));
        Says(statement, [
            "Electricity company of Đắk Nông province",
            "Electricity customer system",
            "New low-voltage electricity connection",
            "Law 91/2025/QH15 art. 9",
            "none is chosen beforehand",
            "• Full name at birth registration",
            "(sensitive personal data)",
            "• At least this age",
            "from 01/12/2026 to 31/12/2026",
            "at most 90 days",
            "If you refuse",
            "withdraw the consent at any time",
            "complain",
        ]);
    }

    [Fact]
    public void Another_language_is_told_in_Vietnamese() => Assert.Equal(("vi", Word("vi").Text), (Word("fr").Language, Word("fr").Text));

    [Fact]
    public void Only_what_is_sensitive_is_marked()
    {
        var lines = Word("vi").Text.Split('\n').Where(line => line.StartsWith('•')).ToArray();

        Assert.Equal([false, true, false], lines.Select(line => line.Contains("nhạy cảm", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_predicate_is_as_sensitive_as_what_it_reads()
    {
        var catalogue = AttributeCatalogue.Shipped;

        Assert.All(catalogue.Predicates.Values, predicate => Assert.Equal(
            predicate.Reads.Any(path => catalogue.Attributes.TryGetValue(path, out var read) && read.Sensitivity == Sensitivity.Sensitive),
            ConsentStatement.IsSensitive(predicate.Name)));
        Assert.All(catalogue.Attributes.Values, attribute => Assert.Equal(
            attribute.Sensitivity == Sensitivity.Sensitive, ConsentStatement.IsSensitive(attribute.Path)));
    }

    [Fact]
    public void Every_system_and_purpose_of_the_shipped_book_is_worded_in_both_languages()
    {
        foreach (var language in new[] { "vi", "en" })
        {
            foreach (var (system, purpose) in Book.Systems.SelectMany(system => Book.Purposes.Select(purpose => (system, purpose))))
            {
                var lines = ConsentStatement.Word(Book, system, purpose, Targets, 1, 1, LateEvening, language).Text.Split('\n');

                Assert.Equal(12, lines.Length);
                Assert.All(lines, line => Assert.True(line.Trim().Length > 3 && !line.Contains("..", StringComparison.Ordinal), line));
            }
        }
    }

    [Theory]
    [InlineData(Period.Day, "tối đa 3 lần trong một ngày", "at most 3 times in one day")]
    [InlineData(Period.Month, "tối đa 3 lần trong một tháng", "at most 3 times in one month")]
    [InlineData(Period.Year, "tối đa 3 lần trong một năm", "at most 3 times in one year")]
    [InlineData(Period.Total, "tối đa 3 lần.", "at most 3 times.")]
    public void A_limit_of_use_is_told(Period per, string vi, string en)
    {
        var limit = new FrequencyLimit { Count = 3, Per = per };

        Says(Word("vi", limit), [vi]);
        Says(Word("en", limit), [en]);
        Assert.Equal(Word("vi").Text.Split('\n').Length + 1, Word("vi", limit).Text.Split('\n').Length);
    }

    [Fact]
    public void The_hash_is_of_the_UTF8_bytes() =>
        Assert.Equal("6d90eeba4d365d3bb3d60ec4f615bc225cf4bf4b5ed600055adbf0def45ebe28", ConsentStatement.Hash("Đắk Nông"));

    private static ConsentStatement Word(string language, FrequencyLimit? limit = null) => ConsentStatement.Word(
        Book, Book.System("electricity")!, Book.Purpose("electricity.contract")!, Targets, 30, 90, LateEvening, language, limit);

    private static void Says(ConsentStatement statement, string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, statement.Text, StringComparison.Ordinal));
}
