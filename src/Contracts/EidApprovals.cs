using System.Collections.Immutable;

namespace Platform.Contracts;

/// <summary>A question to the approving devices.</summary>
[GenerateSerializer, Immutable, Alias("start-approval-call")]
public sealed record StartApprovalCall
{
    /// <summary>Name of the relying party that the person logs in to.</summary>
    [Id(0)]
    public required string ClientName { get; init; }

    /// <summary>The number that the other screen shows, two digits.</summary>
    [Id(1)]
    public required string Number { get; init; }

    /// <summary>What asks: browser and coarse address, for people to recognise.</summary>
    [Id(2)]
    public required string Place { get; init; }

    /// <summary>For a ward's login: the ward's name for the representative to see; asked at the representative's account.</summary>
    [Id(3)]
    public string? WardName { get; init; }

    /// <summary>For a ward's login: the ward's number; the approval counts for it alone.</summary>
    [Id(4)]
    public string? Ward { get; init; }

    /// <summary>For a consent in a ward's session, and not for a login: the whole of what would be consented to, at most 40,000 characters.</summary>
    [Id(5)]
    public string? Consent { get; init; }
}

/// <summary>What waits for a device.</summary>
[GenerateSerializer, Immutable, Alias("approvals-view")]
public sealed record ApprovalsView
{
    /// <summary>The device's id.</summary>
    [Id(0)]
    public required string DeviceId { get; init; }

    /// <summary>Waiting questions, oldest first; the number is not among what is told.</summary>
    [Id(1)]
    public required ImmutableArray<ApprovalView> Waiting { get; init; }
}

/// <summary>One waiting question.</summary>
[GenerateSerializer, Immutable, Alias("approval-view")]
public sealed record ApprovalView
{
    /// <summary>Id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Relying party.</summary>
    [Id(1)]
    public required string ClientName { get; init; }

    /// <summary>Browser and coarse address.</summary>
    [Id(2)]
    public required string Place { get; init; }

    /// <summary>The ward's name, if it is for one.</summary>
    [Id(3)]
    public string? WardName { get; init; }

    /// <summary>Asked (UTC).</summary>
    [Id(4)]
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Runs out (UTC).</summary>
    [Id(5)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>What the ward would consent to, if it is about that and not about a login.</summary>
    [Id(6)]
    public string? Consent { get; init; }
}

/// <summary>An answer from a device.</summary>
[GenerateSerializer, Immutable, Alias("decide-approval-call")]
public sealed record DecideApprovalCall
{
    /// <summary>SHA-256 of the device's secret.</summary>
    [Id(0)]
    public required byte[] DeviceSecretHash { get; init; }

    /// <summary>Which question.</summary>
    [Id(1)]
    public required string ApprovalId { get; init; }

    /// <summary>True to approve.</summary>
    [Id(2)]
    public required bool Approve { get; init; }

    /// <summary>The number typed, to approve.</summary>
    [Id(3)]
    public string? Number { get; init; }
}

/// <summary>Where an approval stands.</summary>
[GenerateSerializer, Immutable, Alias("approval-state")]
public sealed record ApprovalState
{
    /// <summary><c>waiting</c>, <c>approved</c>, <c>denied</c> or <c>expired</c> (also for one that never was or was taken).</summary>
    [Id(0)]
    public required string State { get; init; }

    /// <summary>The device that approved.</summary>
    [Id(1)]
    public string? DeviceId { get; init; }

    /// <summary>The ward for whom it was given.</summary>
    [Id(2)]
    public string? Ward { get; init; }

    /// <summary>SHA-256 of the consent that was approved, lower-case hexadecimal; null for a login.</summary>
    [Id(3)]
    public string? ConsentHash { get; init; }
}
