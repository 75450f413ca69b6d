using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Security;

/// <summary>What the security page shows.</summary>
/// <param name="Account">The account.</param>
/// <param name="Done">What was just done: <c>session</c>, <c>others</c> or nothing.</param>
/// <param name="Own">The portal's own name among relying parties.</param>
/// <param name="Devices">The identity server's page where devices are changed.</param>
/// <param name="Password">The identity server's page where the password is changed.</param>
public sealed record SecurityState(Account Account, string Done, string Own, Uri Devices, Uri Password);

/// <summary>A session that is about to be ended; null where all others are. <paramref name="Own"/> is the portal's own name among relying parties.</summary>
public sealed record SessionToEnd(AccountSession? Session, int Others, string Own, ImmutableArray<FormProblem> Problems);

/// <summary>The page before the lock, with what went wrong.</summary>
public sealed record LockPlan(ImmutableArray<FormProblem> Problems);

/// <summary>The page after the lock, with where it is lifted.</summary>
public sealed record LockedAccount(Uri Unlock);
