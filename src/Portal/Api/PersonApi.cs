using Platform.Portal.Sessions;

namespace Platform.Portal.Api;

/// <summary>The API as the logged-in person may use it. What gives no answer throws <see cref="ApiFaultException"/>, which becomes a page of its own.</summary>
sealed class PersonApi(ApiClient api, PortalSession session, CancellationToken ct)
{
    public Task<ApiResult<T>> Get<T>(string path) => Call<T>(HttpMethod.Get, path, null, null);

    /// <summary>As <see cref="Get{T}"/>, for answers longer than those that pages are made of.</summary>
    public Task<ApiResult<T>> GetLong<T>(string path) => api.Call<T>(new ApiCall(HttpMethod.Get, api.Address(path), null, null) { IsLong = true }, session, ct);

    /// <summary>Changes something once, however often the same operation id is sent.</summary>
    public Task<ApiResult<T>> Post<T>(string path, object body, string? operation = null) => Call<T>(HttpMethod.Post, path, body, operation);

    /// <summary>As <see cref="Post{T}"/>, where nothing comes back.</summary>
    public async Task<ApiProblem?> Send(HttpMethod method, string path, object? body = null, string? operation = null) =>
        (await Call<object>(method, path, body, operation)).Problem;

    Task<ApiResult<T>> Call<T>(HttpMethod method, string path, object? body, string? operation) =>
        api.Call<T>(new ApiCall(method, api.Address(path), body, operation), session, ct);
}
