using System.ComponentModel.DataAnnotations;
using Platform.Api.Input;
using Platform.Api.Problems;
using Platform.Api.Reports;
using Platform.Contracts;
using Platform.Domain.Reports;

namespace Platform.Api.Me;

/// <summary>Something that the citizen finds wrong, or asks why; about exactly one of attribute, document and access.</summary>
sealed record ReportAsk : IChecked
{
    const int LongestName = 200;

    public static string? LinesAt => ReportTexts.Pointer;

    /// <summary>A correction of an attribute or a document, or a question about an access.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>Path of the attribute, as GET /v1/me and GET /v1/me/documents give it.</summary>
    [MaxLength(LongestName)]
    public string? Attribute { get; init; }

    /// <summary>The document.</summary>
    public DocumentReference? Document { get; init; }

    /// <summary>Identity of the access.</summary>
    public Guid? Access { get; init; }

    /// <summary>In the citizen's own words; line feeds are allowed.</summary>
    [MinLength(1), MaxLength(ReportTexts.Longest)]
    public required string Text { get; init; }

    /// <summary>What it should be, where the citizen knows.</summary>
    [MaxLength(500)]
    public string? Proposed { get; init; }

    public void Check(InputCheck check)
    {
        check.Text(Attribute, "/attribute", LongestName);
        check.Text(Document?.Kind, "/document/kind", LongestName);
        check.Text(Document?.Number, "/document/number", LongestName);
        check.Text(Proposed, "/proposed", 500);
        ReportTexts.Check(Text, check);
        var subjects = (Attribute is null ? 0 : 1) + (Document is null ? 0 : 1) + (Access is null ? 0 : 1);
        if (subjects != 1 || (Access is not null) != (Kind == ReportKind.AccessQuestion))
        {
            check.Refuse(ErrorCodes.ReportSubjectAmbiguous, "/kind");
        }
    }

    public ReportCall ToCall(string operationKey) => new()
    {
        OperationKey = operationKey,
        Kind = Kind,
        Attribute = Attribute,
        DocumentKind = Document?.Kind,
        DocumentNumber = Document?.Number,
        Access = Access,
        Text = Text,
        Proposed = Proposed,
    };
}

/// <summary>A document of the citizen.</summary>
sealed record DocumentReference
{
    /// <summary>Document kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Number.</summary>
    public required string Number { get; init; }
}
