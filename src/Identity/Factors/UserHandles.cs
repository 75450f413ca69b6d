using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Platform.Domain.Citizens;
using Platform.Identity.Storage;

namespace Platform.Identity.Factors;

/// <summary>
/// The name by which a passkey knows its account, so that logging in needs no typed number: the number in one AES block. The rest of the block is
/// zero, so 88 bits must fit before anything else is believed to be a number.
/// </summary>
sealed class UserHandles(SharedSecrets secrets)
{
    const int BlockLength = 16;
    const int NumberAt = BlockLength - sizeof(long);

    public string Make(PersonalId number)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(block[NumberAt..], long.Parse(number.Reveal(), CultureInfo.InvariantCulture));
        using var cipher = Cipher();
        return Base64Url.EncodeToString(cipher.EncryptEcb(block, PaddingMode.None));
    }

    public PersonalId? Open(string handle)
    {
        Span<byte> sealedBlock = stackalloc byte[BlockLength];
        if (handle.Length != Base64Url.GetEncodedLength(BlockLength)
            || !Base64Url.TryDecodeFromChars(handle, sealedBlock, out var length)
            || length != BlockLength)
        {
            return null;
        }
        using var cipher = Cipher();
        var block = cipher.DecryptEcb(sealedBlock, PaddingMode.None);
        var value = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(block.AsSpan(NumberAt));
        return !block.AsSpan(0, NumberAt).ContainsAnyExcept((byte)0)
            && value >= 0
            && PersonalId.TryParse(value.ToString("D12", CultureInfo.InvariantCulture), out var number) ? number : null;
    }

    Aes Cipher()
    {
        var cipher = Aes.Create();
        cipher.SetKey(secrets.Get(SharedSecrets.UserHandles));
        return cipher;
    }
}
