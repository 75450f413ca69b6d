using Platform.Domain;

namespace Platform.Api.Problems;

/// <summary>One kind of refusal or fault as callers see it: a stable code, its status, what it means and the way out.</summary>
sealed record ApiError(string Code, int Status, LocalText Title, LocalText WayOut);
