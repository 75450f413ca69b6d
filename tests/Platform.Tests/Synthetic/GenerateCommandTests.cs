using System.CommandLine;
using Platform.Domain.Intake;
using Platform.Synthetic;
using Platform.Tests.Domain.Intake;
using Xunit;

namespace Platform.Tests.Synthetic;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("synthetic-");

    private string Out => Path.Combine(_folder.FullName, "people");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task It_writes_a_file_that_can_be_imported(string format)
    {
        var (code, error) = await Run("--citizens", "50", "--seed", "7", "--as-of", "2026-11-01", "--out", Out, "--format", format);

        Assert.Equal((0, ""), (code, error));
        await using var file = File.OpenRead(Out);
        var cancellation = TestContext.Current.CancellationToken;
        var lines = await Files.All(format == "csv" ? ImportFile.ReadCsv(file, cancellation) : ImportFile.ReadNdjson(file, cancellation));
        Assert.Equal(Province.Of(50).Select(row => row.Record.PersonalId), lines.Select(line => line.Row!.Record.PersonalId));
    }

    [Theory]
    [InlineData("0", "2026-11-01", "--citizens takes a number from 1 to 1000000.")]
    [InlineData("1000001", "2026-11-01", "--citizens takes a number from 1 to 1000000.")]
    [InlineData("many", "2026-11-01", "--citizens takes a number from 1 to 1000000.")]
    [InlineData("10", "1/11/2026", "--as-of takes a day from 2025-07-01 to 2099-12-31.")]
    [InlineData("10", "2025-06-30", "--as-of takes a day from 2025-07-01 to 2099-12-31.")]
    public async Task A_value_out_of_range_is_refused_with_the_range(string citizens, string day, string says)
    {
        var (code, error) = await Run("--citizens", citizens, "--as-of", day, "--out", Out);

        Assert.NotEqual(0, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task A_file_that_exists_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Out, "mine", TestContext.Current.CancellationToken);

        var (code, error) = await Run("--citizens", "10", "--as-of", "2026-11-01", "--out", Out);

        Assert.Equal(1, code);
        Assert.Contains("Name another file with --out.", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        var (code, error) = await Run("--citizens", "10", "--as-of", "2026-11-01", "--out", Path.Combine(_folder.FullName, "none", "people"));

        Assert.Equal(1, code);
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_half_file()
    {
        var parsed = GenerateCommand.Root().Parse(["--citizens", "10", "--as-of", "2026-11-01", "--out", Out]);

        await parsed.InvokeAsync(new InvocationConfiguration { Error = TextWriter.Null }, new CancellationToken(canceled: true));

        Assert.False(File.Exists(Out));
    }

    private static async Task<(int Code, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await GenerateCommand.Root().Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }
}
