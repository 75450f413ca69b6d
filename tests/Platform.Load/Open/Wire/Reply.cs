using System.Globalization;
using System.Text.Json;

namespace Platform.Load.Open.Wire;

/// <summary>What an attempt came to, with what was read of the answer.</summary>
internal readonly record struct Reply<T>(int Status, string? Problem, NoAnswer Missing, TimeSpan? RetryAfter, T? Value)
    where T : class
{
    public bool IsDone => Status is >= 200 and < 300;

    /// <summary>Whether the outcome is known: something was done, or surely nothing.</summary>
    public bool IsKnown => Missing == NoAnswer.None && Status < 500;

    /// <summary>Whether it is an answer of a platform in order: also a recorded "no", or one that names what there is not or is already.</summary>
    public bool IsServed => IsDone || Status is 404 or 409 || Problem == Replies.Denied;

    /// <summary>Whether a client that gets this is meant to come again.</summary>
    public bool MayPass => Status == 503 || Missing is NoAnswer.RefusedConnection or NoAnswer.LostConnection;

    /// <summary>For the history: the problem's code, the status, or why there was none.</summary>
    public string? Code => IsDone ? null : Problem ?? (Status > 0 ? Status.ToString(CultureInfo.InvariantCulture) : Replies.Name(Missing));

    /// <summary>For tables: the status with the code.</summary>
    public string Name => (Status, Problem) switch
    {
        (0, _) => Replies.Name(Missing),
        (200, _) => "200",
        (_, null) => Status.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Status} {Problem}"),
    };
}

/// <summary>Makes replies of answers.</summary>
internal static class Replies
{
    public const string Denied = "disclosure.denied";

    public static string Name(NoAnswer missing) => missing switch
    {
        NoAnswer.RefusedConnection => "refused-connection",
        NoAnswer.LostConnection => "lost-connection",
        _ => "timeout",
    };

    /// <summary>Reads the body where <paramref name="wanted"/> says so, else only the problem's code.</summary>
    public static Reply<T> Of<T>(Answer answer, Func<ReadOnlySpan<byte>, T> read, Func<Answer, bool> wanted)
        where T : class
    {
        var failed = answer.Status is < 200 or >= 300;
        var problem = failed && answer.Missing == NoAnswer.None ? Problem(answer.Body.Span) : null;
        return new(answer.Status, problem, answer.Missing, answer.RetryAfter, wanted(answer) && (!failed || problem == Denied) ? read(answer.Body.Span) : null);
    }

    private static string? Problem(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("code"u8))
                {
                    reader.Read();
                    return reader.ValueTextEquals("disclosure.denied"u8) ? Denied : reader.GetString();
                }
            }
        }
        catch (JsonException)
        {
            // What is no JSON names no code; the status says enough.
        }

        return null;
    }
}
