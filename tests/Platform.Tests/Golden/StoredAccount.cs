using Platform.Contracts;
using Platform.Silo.Accounts;
using Platform.Tests.Domain.Sharing;

namespace Platform.Tests.Golden;

/// <summary>An electronic identity and logout notices as they are stored, with every property set.</summary>
internal static class StoredAccount
{
    private static readonly DateTimeOffset At = Some.Now.AddTicks(1_230);

    private static readonly SessionClient Client = new() { ClientId = "portal", Subject = "pairwise", Sid = "sid-1" };

    private static readonly EidEvent Event = new() { At = At, Kind = "level.raised", Place = "Gia Nghĩa", Official = "officer-1", Detail = "face" };

    private static readonly PasskeyRecord Passkey = new()
    {
        CredentialId = [1, 2],
        PublicKey = [3, 4],
        Name = "Khóa của tôi",
        SignCount = 7,
        Transports = ["usb", "nfc"],
        BackupEligible = true,
        BackedUp = true,
        AttestationObject = [5],
        ClientData = [6],
        CreatedAt = At,
        DeviceId = "device-2",
    };

    public static AccountState State { get; } = new()
    {
        Account = new EidAccount
        {
            Holder = EidHolder.Ward,
            State = EidState.Locked,
            LockedBy = EidLockedBy.Holder,
            Level = 2,
            Representative = "067085012345",
            TravelDocument = "C1234567",
            Roles = ["registrar"],
            Activation = new PendingActivation("digest", At),
            Password = new PasswordRecord { Parameters = new PasswordParameters { Salt = [7, 8], MemoryKiB = 19456, Passes = 2 }, Hash = [9, 10] },
            Upstream = new UpstreamLink("https://eid.example/", "subject-1"),
            Totp = new TotpDevice("device-1", "Ứng dụng", [11, 12], 57_000_000, At, At),
            PendingTotp = [13],
            Passkeys = [new PasskeyDevice(Passkey, At)],
            Devices = [new ApprovingDevice("device-3", "Điện thoại", "digest", At, At)],
            RecoveryCodes = ["digest"],
            Approvals =
            [
                new Approval
                {
                    Id = "approval-1",
                    ClientName = "Cổng dịch vụ",
                    Number = "42",
                    Place = "Firefox, 203.0.113.0/24",
                    WardName = "NGUYỄN VĂN BÉ",
                    Ward = "067215000001",
                    Consent = "Bên nhận dữ liệu: Điện lực.",
                    AskedAt = At,
                    Until = At,
                    ApprovedBy = "device-3",
                    Denied = true,
                },
            ],
            DeniedAt = At,
            Sessions =
            [
                new EidSession
                {
                    Id = "session-1",
                    Factors = [new CheckedFactor { Kind = FactorKind.Passkey, DeviceId = "device-2", UpstreamLevel = 2, DeviceBound = true }],
                    AuthenticatedAt = At,
                    OpenedAt = At,
                    Until = At,
                    Place = "Firefox",
                    Clients = [Client],
                },
            ],
            ApprovedClaims = [new ClaimsApproval("portal", ["name"], At)],
            History = [Event],
            LifeCycle = [Event],
        },
    };

    public static EidSession Stay { get; } = State.Account!.Sessions[0] with { Clients = [Client with { Stay = "stay-1" }] };

    public static WaitingLogouts Logouts { get; } = new()
    {
        Notices = [new WaitingLogout(new LogoutNotice { Id = new Guid("01980000-1234-7abc-8def-0123456789ab"), Client = Client, EndedAt = At }, 3, At)],
    };
}
