using System.Collections.Immutable;
using Platform.Api.Problems;
using Platform.Domain.Text;

namespace Platform.Api.Input;

/// <summary>Collects what is wrong with an input, by place and without repeating values.</summary>
sealed class InputCheck
{
    const int MostErrors = 20;
    readonly ImmutableArray<InputError>.Builder _errors = ImmutableArray.CreateBuilder<InputError>();

    public ImmutableArray<InputError> Errors => _errors.ToImmutable();

    public void Refuse(ApiError code, string pointer)
    {
        if (_errors.Count < MostErrors)
        {
            _errors.Add(new InputError { Code = code.Code, Pointer = pointer });
        }
    }

    public void Text(string? text, string pointer, int max)
    {
        if (text is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(ErrorCodes.TextEmpty, pointer);
        }
        else if (!VietnameseText.IsClean(text, max))
        {
            Refuse(ErrorCodes.TextTooLong, pointer);
        }
    }

    public void PersonalId(string? text, string pointer)
    {
        if (text is not null && !Domain.Citizens.PersonalId.TryParse(text, out _))
        {
            Refuse(ErrorCodes.PersonalIdMalformed, pointer);
        }
    }

    public void Purpose(string code, string pointer)
    {
        if (code is not { Length: >= 1 and <= 100 } || !code.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-'))
        {
            Refuse(ErrorCodes.PurposeMalformed, pointer);
        }
    }

    public void Range(long number, long least, long most, string pointer)
    {
        if (number < least || number > most)
        {
            Refuse(ErrorCodes.NumberOutOfRange, pointer);
        }
    }
}
