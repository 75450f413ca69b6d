using Platform.Domain;
using Platform.Hosting;

namespace Platform.Local;

/// <summary>Which story is told in this data folder, since when, and whether it is told to its end.</summary>
internal sealed record StoryMark(Guid Id, DateTimeOffset BegunAt, bool Done)
{
    public static StoryMark? Read(LocalOptions options)
    {
        try
        {
            return File.Exists(Path(options)) ? DomainJson.Read<StoryMark>(File.ReadAllText(Path(options))) : null;
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new CannotStartException("story.json in the data folder is damaged. Choose another folder with --data DIR, or delete this one to begin anew.", exception);
        }
    }

    public void Write(LocalOptions options)
    {
        // Written under another name first: a mark is whole or not there.
        var draft = Path(options) + ".new";
        File.WriteAllText(draft, DomainJson.Write(this));
        File.Move(draft, Path(options), overwrite: true);
    }

    private static string Path(LocalOptions options) => options.File("story.json");
}
