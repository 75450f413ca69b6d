using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Api.Me;

/// <summary>Names a session or device to its holder without telling the id that other places go by.</summary>
static class AccountReference
{
    const int Bytes = 16;

    public static string Of(string id) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"account reference {id}")).AsSpan(0, Bytes));
}
