namespace Platform.Hosting;

/// <summary>The process cannot do its work as configured; the message is one sentence that says what to do.</summary>
public class CannotStartException(string whatToDo, Exception? cause = null) : Exception(whatToDo, cause);
