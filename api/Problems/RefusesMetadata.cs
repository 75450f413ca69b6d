namespace Platform.Api.Problems;

/// <summary>The codes with which an operation may refuse, for the published description.</summary>
sealed record RefusesMetadata(IReadOnlyList<ApiError> Codes);

static class RefusesExtensions
{
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params ApiError[] codes) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RefusesMetadata(codes));
}
