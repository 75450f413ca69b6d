using System.ComponentModel.DataAnnotations;

namespace Platform.Silo.Dashboard;

/// <summary>Where operators look at the cluster; section <c>Dashboard</c>. All silos of a cluster are set alike.</summary>
public sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>The port of the dashboard, on this machine's own address only; without it there is none and no call is measured for it.</summary>
    [Range(1, 65535, ErrorMessage = "Set Dashboard:Port to a port from 1 to 65535, or leave it out.")]
    public int? Port { get; set; }
}
