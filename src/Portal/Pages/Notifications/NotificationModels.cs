using System.Collections.Immutable;
using Platform.Portal.Api.Shapes;
using Platform.Portal.Pages.Shell;

namespace Platform.Portal.Pages.Notifications;

/// <summary>What the person was told; <paramref name="Done"/> says what was just done.</summary>
public sealed record NotificationNews(NotificationList List, string Done);

/// <summary>What the person wants to be told, as it is or as the form says.</summary>
public sealed record NotificationWishes(ImmutableArray<NotificationChoice> Choices, ImmutableArray<FormProblem> Problems);
