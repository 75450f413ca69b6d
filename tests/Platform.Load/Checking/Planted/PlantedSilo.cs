using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Load.Stack;
using Platform.Silo.Ledger;

namespace Platform.Load.Checking.Planted;

/// <summary>The real silo with one part replaced by a faulty one.</summary>
internal static class PlantedSilo
{
    public static Task<int> Run(PlantedBug bug, CancellationToken cancellation) => ReplacedSilo.Run(
        silo =>
        {
            if (bug is PlantedBug.NoAppendCheck or PlantedBug.UnwrittenEntry)
            {
                var real = silo.Services.Single(service => service.ServiceType == typeof(ILedgerAppender));
                silo.Services.Replace(ServiceDescriptor.Singleton<ILedgerAppender>(
                    provider => new FaultyAppender((ILedgerAppender)real.ImplementationFactory!(provider), bug)));
            }
            else if (bug is not (PlantedBug.None or PlantedBug.DeletedRow))
            {
                silo.AddIncomingGrainCallFilter(new FaultyGrain(bug));
            }
        },
        _ => { },
        cancellation);
}
