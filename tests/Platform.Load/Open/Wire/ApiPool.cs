using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Platform.Load.Open.Wire;

/// <summary>
/// Connections to the APIs, as many as there are requests under way. Own code, because HttpClient took three times the processor of this for a request, and
/// the load shares the machine with what it measures; also because nothing may be sent twice unseen.
/// </summary>
internal sealed class ApiPool(ImmutableArray<Uri> apis, TimeSpan patience) : IDisposable
{
    private readonly ImmutableArray<ApiAddress> _addresses = [.. apis.Select(api => new ApiAddress(api))];
    private readonly ImmutableArray<ConcurrentStack<Connection>> _idle = [.. apis.Select(_ => new ConcurrentStack<Connection>())];

    public int Count => _addresses.Length;

    /// <summary>Asks an instance once, and reads the answer before its connection is given to somebody else.</summary>
    public async ValueTask<T> Ask<T>(int instance, ApiRequest request, Func<Answer, T> read)
    {
        var connection = Rent(instance);
        try
        {
            return read(await connection.Ask(_addresses[instance], request, patience));
        }
        finally
        {
            if (connection.IsWhole)
            {
                _idle[instance].Push(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach (var connection in _idle.SelectMany(idle => idle))
        {
            connection.Dispose();
        }
    }

    private Connection Rent(int instance)
    {
        while (_idle[instance].TryPop(out var idle))
        {
            if (!idle.IsClosed)
            {
                return idle;
            }

            idle.Dispose();
        }

        return new Connection();
    }
}
