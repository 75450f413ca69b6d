using System.Globalization;
using System.Text;
using QRCoder;

namespace Platform.Identity.Factors;

/// <summary>How an authenticator app is told the secret: by a picture, or typed.</summary>
static class AuthenticatorApp
{
    /// <summary>The address that authenticator apps read (key URI format); the account is named by its masked number.</summary>
    public static string Uri(string issuer, string account, string secret) =>
        $"otpauth://totp/{Escape(issuer)}:{Escape(account)}?secret={secret}&issuer={Escape(issuer)}&algorithm=SHA1&digits=6&period=30";

    /// <summary>The Base32 secret in groups of four, to be typed.</summary>
    public static string Grouped(string secret) => string.Join(' ', secret.Chunk(4).Select(group => new string(group)));

    /// <summary>A QR code as one path of an SVG, with the quiet margin that readers need.</summary>
    public static (string Path, int Size) Picture(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < code.ModuleMatrix.Count; column++)
            {
                if (code.ModuleMatrix[row][column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }
        return (path.ToString(), code.ModuleMatrix.Count);
    }

    static string Escape(string text) => System.Uri.EscapeDataString(text);
}
