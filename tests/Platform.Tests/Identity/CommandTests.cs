using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Platform.Identity.Commands;
using Xunit;

namespace Platform.Tests.Identity;

public sealed class CommandTests : IDisposable
{
    readonly IdentityPlace _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_system_is_registered_listed_disabled_and_enabled()
    {
        var keys = await KeyFile();

        Assert.Equal((0, "tax-dak-nong is registered.\n"), await Run(
            "register", "--client-id", "tax-dak-nong", "--name", "Thuế tỉnh", "--jwks", keys, "--scope", "disclosures.request", "--scope", "catalogue.read"));
        Assert.Equal((0, "tax-dak-nong\tenabled\tbound\tcatalogue.read disclosures.request\tThuế tỉnh\n"), await Run("list"));
        Assert.Equal((0, "tax-dak-nong is registered.\n"), await Run(
            "register", "--client-id", "tax-dak-nong", "--name", "Thuế tỉnh", "--jwks", keys, "--scope", "disclosures.request", "--scope", "catalogue.read", "--unbound"));
        Assert.Equal((0, "tax-dak-nong is disabled.\n"), await Run("disable", "tax-dak-nong"));
        Assert.Equal((0, "tax-dak-nong\tdisabled\tunbound\tcatalogue.read disclosures.request\tThuế tỉnh\n"), await Run("list"));
        Assert.Equal((0, "tax-dak-nong is enabled.\n"), await Run("enable", "tax-dak-nong"));
    }

    [Fact]
    public async Task Wrong_input_is_a_sentence_and_exit_code_one()
    {
        var keys = await KeyFile();

        Assert.Equal(
            (1, "Name at least one scope, out of: disclosures.request, disclosures.read, documents.push, catalogue.read, consents.request.\n"),
            await Run("register", "--client-id", "tax-dak-nong", "--name", "Thuế", "--jwks", keys, "--scope", "admin"));
        Assert.Equal((1, "No client has this id: see 'list'.\n"), await Run("disable", "nobody"));
        Assert.Equal((1, "There is no command 'disabel': see --help.\n"), await Run("disabel", "nobody"));
    }

    [Fact]
    public async Task A_relying_party_is_registered_from_a_file_listed_and_replaced()
    {
        var keys = await KeyFile();
        var form = await Form("Trang của sở");

        Assert.Equal((0, "site-one is registered.\n"), await Run("register-party", form, "--jwks", keys));
        Assert.Equal((0, "site-one\tenabled\tbound\tme.read openid\tTrang của sở\n"), await Run("list"));
        Assert.Equal((0, "site-one is disabled.\n"), await Run("disable", "site-one"));
        Assert.Equal((0, "site-one is registered.\n"), await Run("register-party", await Form("Trang mới"), "--jwks", keys));
        Assert.Equal((0, "site-one\tdisabled\tbound\tme.read openid\tTrang mới\n"), await Run("list"));
    }

    [Theory]
    [InlineData("{", "The file is no relying party in JSON")]
    [InlineData("""{"clientId":"site-one","nameVi":"a","nameEn":"b","redirectUris":["https://a.vn/x"],"scopes":["openid"],"secret":"x"}""", "The file is no relying party in JSON")]
    [InlineData("""{"clientId":"site-one","nameVi":"a","nameEn":"b","redirectUris":["http://a.vn/x"],"scopes":["openid"]}""", "An address must begin with https://")]
    public async Task A_relying_party_that_breaks_a_rule_is_refused_with_a_sentence_and_nothing_is_kept(string json, string sentence)
    {
        var file = _place.File("party.json");
        await File.WriteAllTextAsync(file, json, Ct);
        var (code, output) = await Run("register-party", file);

        Assert.Equal((1, true), (code, output.StartsWith(sentence, StringComparison.Ordinal)));
        Assert.Equal((0, ""), await Run("list"));
    }

    [Fact]
    public async Task Keys_are_listed_and_rotated()
    {
        Assert.Equal((0, ""), await Run("keys"));
        Assert.StartsWith("A new key is published and signs from ", (await Run("keys", "rotate")).Output, StringComparison.Ordinal);
        Assert.StartsWith("A new key is published and signs from ", (await Run("keys", "rotate")).Output, StringComparison.Ordinal);
        Assert.StartsWith("A new key is published already", (await Run("keys", "rotate")).Output, StringComparison.Ordinal);
        Assert.StartsWith("All earlier keys are withdrawn", (await Run("keys", "rotate", "--at-once")).Output, StringComparison.Ordinal);
        Assert.Equal(
            ["withdrawn", "withdrawn", "signing"],
            (await Run("keys")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[2]));
    }

    async Task<string> Form(string name)
    {
        var file = _place.File("party.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
              "clientId": "site-one", "nameVi": "{{name}}", "nameEn": "A site",
              "redirectUris": ["https://site.example.vn/signin-oidc"], // as the site sends it
              "scopes": ["openid", "me.read"]
            }
            """,
            Ct);
        return file;
    }

    async Task<string> KeyFile()
    {
        var file = _place.File("keys.json");
        await File.WriteAllTextAsync(file, SectorKey.Es256().Jwks, Ct);
        return file;
    }

    async Task<(int Code, string Output)> Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var root = IdentityCommands.Create(builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Identity:Database"] = _place.Database,
            ["Identity:KeyRingDirectory"] = _place.KeyRing,
        }));
        var code = await root.Parse(args).InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = output }, Ct);
        return (code, output.ToString());
    }
}
