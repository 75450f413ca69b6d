using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using NSec.Cryptography;
using Platform.Contracts;

namespace Platform.Identity.Factors;

/// <summary>
/// Argon2id (RFC 9106) over the UTF-8 bytes of the NFC form, so that a password typed on another keyboard is the same. Each hash takes memory, so
/// only a few are made at once and only a few wait; beyond that the person is asked to come back.
/// </summary>
sealed class Passwords : IDisposable
{
    const int HashLength = 32;
    const int SaltLength = 16;
    const int MemoryKiB = 19 * 1024;
    const int Passes = 2;
    const int MostMemoryKiB = 1024 * 1024;
    const int MostPasses = 100;

    readonly ConcurrencyLimiter _turns;

    public Passwords()
        : this(Math.Max(2, Environment.ProcessorCount))
    {
    }

    public Passwords(int atOnce) => _turns = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
    {
        PermitLimit = atOnce,
        QueueLimit = atOnce * 16,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>The hash to compare; null if too many wait.</summary>
    public async Task<byte[]?> Hash(string password, PasswordParameters parameters, CancellationToken ct)
    {
        using var turn = await _turns.AcquireAsync(1, ct);
        return turn.IsAcquired ? await Task.Run(() => Derive(password, parameters), ct) : null;
    }

    /// <summary>A new password as it is kept; null if too many wait.</summary>
    public async Task<PasswordRecord?> Make(string password, CancellationToken ct)
    {
        var parameters = new PasswordParameters { Salt = RandomNumberGenerator.GetBytes(SaltLength), MemoryKiB = MemoryKiB, Passes = Passes };
        return await Hash(password, parameters, ct) is { } hash ? new PasswordRecord { Parameters = parameters, Hash = hash } : null;
    }

    public void Dispose() => _turns.Dispose();

    static byte[] Derive(string password, PasswordParameters parameters)
    {
        if (parameters is not { Salt.Length: SaltLength, MemoryKiB: > 0 and <= MostMemoryKiB, Passes: > 0 and <= MostPasses })
        {
            throw new InvalidOperationException("The account's password parameters are out of bounds.");
        }
        var algorithm = new Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = parameters.MemoryKiB,
            NumberOfPasses = parameters.Passes,
        });
        var bytes = Encoding.UTF8.GetBytes(Normalised(password));
        try
        {
            return algorithm.DeriveBytes(bytes, parameters.Salt, HashLength);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    // Half a surrogate pair has no normal form; it is hashed as the replacement character that UTF-8 makes of it.
    static string Normalised(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return password;
        }
    }
}
