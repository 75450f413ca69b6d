namespace Platform.Domain.Intake;

/// <summary>Finds where a line ends; in NDJSON at every line feed.</summary>
internal class LineEnd
{
    /// <summary>The length up to and with the end of the line, or the negative length of the whole feed if the line goes on.</summary>
    public virtual int Scan(ReadOnlySpan<byte> feed, bool overflowed)
    {
        var end = feed.IndexOf((byte)'\n');
        return end < 0 ? -feed.Length : end + 1;
    }
}

/// <summary>Finds where a CSV record ends: at a line feed outside of quotes (RFC 4180).</summary>
internal sealed class CsvLineEnd : LineEnd
{
    private State _state = State.FieldStart;

    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        AfterQuote,
    }

    public override int Scan(ReadOnlySpan<byte> feed, bool overflowed)
    {
        for (var index = 0; index < feed.Length; index++)
        {
            // A quote that nobody closed must not swallow the rest of the file: past the limit the next line feed ends the record.
            if (feed[index] == '\n' && (_state != State.Quoted || overflowed))
            {
                _state = State.FieldStart;
                return index + 1;
            }

            _state = (_state, feed[index]) switch
            {
                (State.FieldStart, (byte)'"') or (State.AfterQuote, (byte)'"') => State.Quoted,
                (State.Quoted, (byte)'"') => State.AfterQuote,
                // The byte order mark stands before the first field, which may be quoted.
                (State.FieldStart, 0xEF or 0xBB or 0xBF) => State.FieldStart,
                (State.Quoted, _) => State.Quoted,
                (_, (byte)',') => State.FieldStart,
                _ => State.Plain,
            };
        }

        return -feed.Length;
    }
}
