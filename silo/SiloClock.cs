namespace Platform.Silo;

/// <summary>The clock of rules and records; a key of its own, because Orleans takes the unkeyed one for its timers.</summary>
internal static class SiloClock
{
    public const string Key = "platform";
}
