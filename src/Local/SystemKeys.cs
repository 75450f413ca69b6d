using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting;

namespace Platform.Local;

/// <summary>The private keys of the province's sector systems: made at first start, kept in the data folder, readable by their owner only.</summary>
internal static class SystemKeys
{
    public static string Path(LocalOptions options, string system) => options.File("keys", $"{system}.jwk");

    /// <summary>Makes the key if there is none, and gives its public half as a key set.</summary>
    public static string PublicKeys(LocalOptions options, string system)
    {
        var path = Path(options, system);
        if (!File.Exists(path))
        {
            Make(path);
        }

        var key = Read(path);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = key.Kty,
                ["crv"] = key.Crv,
                ["x"] = key.X,
                ["y"] = key.Y,
                ["kid"] = key.Kid,
                ["use"] = "sig",
                ["alg"] = SecurityAlgorithms.EcdsaSha256,
            }),
        }.ToJsonString();
    }

    public static JsonWebKey Read(string path)
    {
        try
        {
            return new JsonWebKey(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or JsonException)
        {
            throw new CannotStartException(
                $"The key file {System.IO.Path.GetFileName(path)} is missing or damaged. Delete it and start the province: it makes a new key.", exception);
        }
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var text = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(parameters.Q.X),
            ["y"] = Base64UrlEncoder.Encode(parameters.Q.Y),
            ["d"] = Base64UrlEncoder.Encode(parameters.D),
            ["kid"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
        }.ToJsonString();

        // Written under another name first: a key file is whole or not there.
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }
}
