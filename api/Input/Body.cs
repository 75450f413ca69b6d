using System.Reflection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.Api.Problems;

namespace Platform.Api.Input;

/// <summary>Input that may turn out to be wrong; <see cref="RefuseWrongInput"/> answers before the handler would see it.</summary>
interface IInput
{
    Refusal? Refusal { get; }
}

/// <summary>A JSON body, read strictly and checked.</summary>
sealed class Body<T>(T? value, Refusal? refusal) : IInput, IEndpointParameterMetadataProvider where T : class, IChecked
{
    static readonly string[] ContentTypes = ["application/json"];

    public T Value => value ?? throw new InvalidOperationException("A refused body has no value.");

    public Refusal? Refusal { get; } = refusal;

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!IsJson(context.Request.ContentType))
        {
            return new Body<T>(null, ErrorCodes.ContentType);
        }

        var limit = context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() ?? BodyLimit.Default;
        if (await limit.Read(context.Request) is not { } bytes)
        {
            return new Body<T>(null, ErrorCodes.TooLarge);
        }

        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var (value, refusal) = StrictJson.Read<T>(bytes, options);
        return new Body<T>(value, refusal);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(ContentTypes, typeof(T)));

    static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
