using System.Collections.Frozen;
using System.Reflection;
using Platform.Domain;

namespace Platform.Api.Problems;

/// <summary>The published list of codes; every refusal and fault of the API is one of these.</summary>
static partial class ErrorCodes
{
    public static IEnumerable<ApiError> Published => Index.ByCode.Values.OrderBy(code => code.Status).ThenBy(code => code.Code, StringComparer.Ordinal);

    /// <summary>The published code of that name; a name that is not published is a fault of the platform.</summary>
    public static ApiError Find(string code) =>
        Index.ByCode.TryGetValue(code, out var found) ? found : throw new InvalidOperationException($"The code {code} is not published.");

    public static ApiError? TryFind(string code) => Index.ByCode.GetValueOrDefault(code);

    static ApiError Make(int status, string code, string titleVi, string titleEn, string wayOutVi, string wayOutEn) =>
        new(code, status, new LocalText { Vi = titleVi, En = titleEn }, new LocalText { Vi = wayOutVi, En = wayOutEn });

    // Apart, because it can only be filled once all codes are.
    static class Index
    {
        public static readonly FrozenDictionary<string, ApiError> ByCode = typeof(ErrorCodes)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(ApiError))
            .Select(property => (ApiError)property.GetValue(null)!)
            .ToFrozenDictionary(code => code.Code);
    }
}
