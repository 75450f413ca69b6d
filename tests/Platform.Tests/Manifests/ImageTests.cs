using System.Text.RegularExpressions;
using System.Xml.Linq;
using Platform.Tests.Api;
using Platform.Tests.Manifests.Checks;
using Xunit;

namespace Platform.Tests.Manifests;

/// <summary>What an image is built from.</summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Dockerfiles => [.. ImageCheck.Dockerfiles];

    [Theory, MemberData(nameof(Dockerfiles))]
    public void An_image_runs_as_nobody_in_particular_without_a_shell_and_under_the_version_of_the_sources(string dockerfile)
    {
        var text = File.ReadAllText(Repository.File(dockerfile));

        Assert.Contains("USER $APP_UID", text, StringComparison.Ordinal);
        Assert.Matches("""(?m)^ENTRYPOINT \["dotnet", "Platform\.\w+\.dll"\]$""", text);
        Assert.DoesNotContain("HEALTHCHECK", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# syntax=", text, StringComparison.Ordinal);
        var version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.All(Version().Matches(text), found => Assert.Equal(version, found.Groups[1].Value));
    }

    [Theory, MemberData(nameof(Dockerfiles))]
    public void An_image_is_built_from_every_project_that_its_program_refers_to(string dockerfile)
    {
        var text = File.ReadAllText(Repository.File(dockerfile));
        var project = Directory.GetFiles(Path.GetDirectoryName(Repository.File(dockerfile))!, "*.csproj").Single();

        Assert.All(Referred(project), folder =>
        {
            Assert.Contains($"COPY {folder} {folder}\n", text, StringComparison.Ordinal);
            Assert.Contains($"COPY {folder}/", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void All_images_begin_with_the_same_steps_so_that_one_restore_and_one_compilation_serve_them_all()
    {
        var beginnings = ImageCheck.Dockerfiles.Select(dockerfile => Beginning().Match(File.ReadAllText(Repository.File(dockerfile))).Value).ToArray();

        Assert.Contains("RUN dotnet build ", beginnings[0], StringComparison.Ordinal);
        Assert.Single(beginnings.Distinct());
    }

    private static IEnumerable<string> Referred(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var references = XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFullPath(reference.Attribute("Include")!.Value, folder));
        return references.SelectMany(Referred).Append(Path.GetRelativePath(Repository.File("."), folder)).Distinct();
    }

    [GeneratedRegex("(?m)^ARG VERSION=(.+)$")]
    private static partial Regex Version();

    [GeneratedRegex("(?s)FROM .*?(?=RUN dotnet publish)")]
    private static partial Regex Beginning();
}
