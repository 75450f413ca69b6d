using System.CommandLine;
using Platform.Load.Peer.Sql;

namespace Platform.Load.Commands;

/// <summary>Serves the peer: the same disclosure written on ASP.NET Core and Npgsql.</summary>
internal static class PeerCommand
{
    public static Command Create()
    {
        var style = new Option<PeerStyle>("--style") { Description = "plain: read, read, insert, commit; tight: one statement.", Required = true };
        var database = new Option<string>("--database") { Description = "PostgreSQL connection string.", Required = true };
        var urls = new Option<string>("--urls") { Description = "Address to listen at.", Required = true };
        var issuer = new Option<string>("--issuer") { Description = "The identity server whose tokens count.", Required = true };
        var connections = new Option<int>("--connections") { Description = "Connections to PostgreSQL.", DefaultValueFactory = _ => 32 };
        var multiplexing = new Option<bool>("--multiplexing") { Description = "Share connections between requests." };
        var command = new Command("peer", "Serves the peer until it is stopped.") { style, database, urls, issuer, connections, multiplexing };
        command.SetAction((parsed, cancellation) => PeerHost.Run(
            new PeerSettings(
                parsed.GetValue(style), parsed.GetRequiredValue(database), parsed.GetRequiredValue(urls), parsed.GetRequiredValue(issuer),
                parsed.GetValue(connections), parsed.GetValue(multiplexing)),
            cancellation));
        return command;
    }
}
