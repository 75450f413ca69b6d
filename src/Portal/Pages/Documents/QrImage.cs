using System.Globalization;
using System.Text;
using QRCoder;

namespace Platform.Portal.Pages.Documents;

/// <summary>A QR code as one path of a vector image: no script, no inline style, sharp on every screen and on paper.</summary>
sealed record QrImage(int Size, string Path)
{
    public static QrImage Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < code.ModuleMatrix[row].Count; column++)
            {
                if (code.ModuleMatrix[row][column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }
        return new QrImage(code.ModuleMatrix.Count, path.ToString());
    }
}
