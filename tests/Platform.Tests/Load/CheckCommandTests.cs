using Platform.Load.Commands;
using Platform.Load.Histories;
using Xunit;

namespace Platform.Tests.Load;

/// <summary>What a script learns from <c>check</c>.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_clean_history_ends_with_0_and_one_that_cannot_have_happened_with_1()
    {
        Assert.Equal(0, await Check(new Told().Grant(Told.A, 1).Ask(5, on: Told.A)));
        Assert.Equal(1, await Check(new Told().Grant(Told.A, 1).Ask(5, on: Told.B)));
    }

    [Fact]
    public async Task Wrong_input_ends_with_2()
    {
        Assert.Equal(2, await Check(new Told()));
        Assert.Equal(2, await Check(new Told().Ask(1), "--database", "nonsense"));
        Assert.Equal(2, await Check(new Told().Ask(1), "--database", "sqlite:/nowhere/province.db"));
        Assert.Equal(2, await Check(new Told().Ask(1), "--database", "Host=127.0.0.1;Port=1;Password=secret"));
        await File.WriteAllTextAsync(_file, "nothing of the kind", TestContext.Current.CancellationToken);
        Assert.Equal(2, await Invoke());
        File.Delete(_file);
        Assert.Equal(2, await Invoke());
    }

    private async Task<int> Check(Told told, params string[] more)
    {
        await using (var writer = HistoryWriter.Create(_file, Told.History().Header))
        {
            foreach (var operation in told.Operations)
            {
                writer.Write(operation);
            }
        }

        return await Invoke(more);
    }

    private Task<int> Invoke(params string[] more) => CheckCommand.Create().Parse([_file, .. more]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
