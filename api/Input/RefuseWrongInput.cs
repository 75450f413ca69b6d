namespace Platform.Api.Input;

/// <summary>Answers with the refusal of the first input that is wrong.</summary>
sealed class RefuseWrongInput : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<IInput>().FirstOrDefault(input => input.Refusal is not null) is { } wrong
            ? ValueTask.FromResult<object?>(wrong.Refusal)
            : next(context);
}
