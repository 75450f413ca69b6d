using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Tests.Identity.Pages;

/// <summary>A passkey in software (WebAuthn level 3), every part of which can be bent.</summary>
internal sealed class SoftKey(string origin = "https://identity.example.vn")
{
    const byte Present = 1;
    const byte Verified = 4;
    const byte BackupEligible = 8;
    const byte HasCredential = 64;

    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    byte[] _user = [];

    public bool UserVerified { get; set; } = true;

    public bool Synchronised { get; set; }

    public string Origin { get; set; } = origin;

    public uint Counter { get; set; }

    public string Create(string options)
    {
        using var json = JsonDocument.Parse(options);
        _user = Base64Url.DecodeFromChars(json.RootElement.GetProperty("user").GetProperty("id").GetString());
        var client = ClientData("webauthn.create", json.RootElement.GetProperty("challenge").GetString()!);
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. AuthenticatorData(HasCredential), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data,
        ];
        return Credential(new
        {
            clientDataJSON = Text(client),
            attestationObject = Text(attestation),
            transports = new[] { "internal" },
        });
    }

    public string Get(string options)
    {
        using var json = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", json.RootElement.GetProperty("challenge").GetString()!);
        var data = AuthenticatorData(0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = Text(_user) });
    }

    byte[] ClientData(string type, string challenge) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Origin, crossOrigin = false });

    byte[] AuthenticatorData(byte more)
    {
        var flags = (byte)(Present | (UserVerified ? Verified : 0) | (Synchronised ? BackupEligible : 0) | more);
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.ASCII.GetBytes("identity.example.vn")), flags, .. counter];
    }

    string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Text(_id),
        rawId = Text(_id),
        type = "public-key",
        clientExtensionResults = new { },
        response,
    });

    static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
