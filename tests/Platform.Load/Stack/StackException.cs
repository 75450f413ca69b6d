namespace Platform.Load.Stack;

/// <summary>The stack could not be started or steered; the message says what is missing.</summary>
internal sealed class StackException(string message, Exception? inner = null) : Exception(message, inner);
