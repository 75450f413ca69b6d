using System.Net;
using Orleans.Configuration;
using Platform.Hosting.Cluster;
using Platform.Hosting.Expiry;
using Platform.Silo.Storage;

namespace Platform.Silo.Cluster;

/// <summary>A silo's place among others: on PostgreSQL they find each other in the database; on SQLite a silo is alone.</summary>
public static class SiloCluster
{
    /// <summary>How often silos look after each other; three looks without an answer end a silo that says nothing.</summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Joins the cluster that the options name; wrong options end in their sentences.</summary>
    public static void JoinCluster(this ISiloBuilder silo, PlatformDatabase database, SiloOptions options)
    {
        var address = IPAddress.Parse(options.Address);
        if (database.IsPostgres)
        {
            silo.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = database.Invariant;
                clustering.ConnectionString = database.ConnectionString;
            });
        }
        else
        {
            silo.UseDevelopmentClustering(new IPEndPoint(address, options.SiloPort));
        }

        silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort);
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => cluster.ClusterId = options.ClusterId);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = ProbeTimeout;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(15);
        });
        silo.UseClusterTls(options.Tls);

#pragma warning disable ORLEANSEXP003 // Experimental, and chosen: the default directory can hold two activations of one grain for a while.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    private static void UseClusterTls(this ISiloBuilder silo, ClusterTlsOptions tls)
    {
        if (!tls.IsOn)
        {
            return;
        }

        silo.Services.AddExpiringCertificates("cluster-certificate", tls.CertificateFile!);
        silo.Services.AddSingleton(_ => ClusterCertificates.Load(tls));
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ClusterCertificates>((connections, certificates) =>
        {
            connections.ConfigureGatewayInboundConnection(connection => connection.UseServerTls(certificates.AnsweringClients()));
            connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(certificates.AnsweringSilos()));
            connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(certificates.Calling()));
        });
    }
}
