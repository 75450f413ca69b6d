using System.Text;

namespace Platform.Domain.Catalogue;

internal static class ShippedData
{
    public static string Text(string name)
    {
        using var stream = typeof(ShippedData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The product was built without its data file {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
