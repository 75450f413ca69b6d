namespace Platform.Domain.Intake;

/// <summary>What is wrong with a line, thrown where it is found and turned into an <see cref="ImportLine"/> by the reader of the file.</summary>
internal sealed class ImportRefusedException(string code, string reason) : Exception(reason)
{
    public ImportLine At(long line) => new(line, null, code, Message);
}
