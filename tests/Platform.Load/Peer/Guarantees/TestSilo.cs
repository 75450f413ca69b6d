using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Load.Stack;
using Platform.Silo.Ledger;

namespace Platform.Load.Peer.Guarantees;

/// <summary>Which of the guarantees a test silo leaves out.</summary>
internal enum Without
{
    /// <summary>None: a silo as it is, which also tells how much memory and how many database commands it used.</summary>
    Nothing = 1,

    /// <summary>The ledger's write: entries are made, hashed and queued as ever, but the batch is acknowledged without a database.</summary>
    Ledger = 2,

    /// <summary>The grain is called and answers at once with constant values: no facts, no decision, no entry, no hash, no write.</summary>
    Decision = 3,
}

/// <summary>A silo for measuring what its guarantees cost.</summary>
internal static class TestSilo
{
    public static async Task<int> Run(Without without, CancellationToken cancellation)
    {
        using var commands = new CommandCount();
        return await ReplacedSilo.Run(
            silo =>
            {
                if (without != Without.Nothing)
                {
                    silo.Services.Replace(ServiceDescriptor.Singleton<ILedgerAppender, AcknowledgingAppender>());
                }

                if (without == Without.Decision)
                {
                    silo.AddIncomingGrainCallFilter<ConstantAnswers>();
                }
            },
            app => app.MapGet(SiloUse.Path, () => Results.Json(SiloUse.Now(commands.Count))).AllowAnonymous(),
            cancellation);
    }
}
