namespace Platform.Load.Peer.Sql;

/// <summary>Decides a request and has it durably in the audit table before it gives the answer; the two styles of the peer.</summary>
internal interface IPeerStore
{
    Task<PeerAnswer> Disclose(PeerRequest request, CancellationToken cancellation);
}
