using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Contracts;
using Platform.Identity;
using Xunit;

namespace Platform.Tests.Identity;

/// <summary>What clients hear while the database or the cluster is away, and that a fault of the server's own stays one.</summary>
public sealed class AvailabilityTests
{
    public static TheoryData<Exception> Away =>
    [
        Of("57P01"),
        Of("57P03"),
        new InvalidOperationException("likely due to a transient failure", Of("57P03")),
        new NpgsqlException("Failed to connect", new IOException()),
        new TryAgainException(TryAgainException.LedgerUnavailable, "x"),
        new TimeoutException(),
    ];

    [Theory, MemberData(nameof(Away))]
    public async Task Who_asks_while_something_is_away_is_told_to_come_back(Exception fault)
    {
        var context = new DefaultHttpContext();
        context.Response.Body = new MemoryStream();

        await Ask(context, fault);

        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        context.Response.Body.Position = 0;
        Assert.Contains(Availability.Error, await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public static TheoryData<Exception> Own => [new InvalidOperationException(), Of("23505"), new FormatException()];

    [Theory, MemberData(nameof(Own))]
    public async Task A_fault_of_its_own_is_not_hidden(Exception fault) =>
        await Assert.ThrowsAsync(fault.GetType(), () => Ask(new DefaultHttpContext(), fault));

    static Task Ask(HttpContext context, Exception fault) => new Availability(_ => throw fault, NullLogger<Availability>.Instance).InvokeAsync(context);

    static PostgresException Of(string state) => new("x", "FATAL", "FATAL", state);
}
