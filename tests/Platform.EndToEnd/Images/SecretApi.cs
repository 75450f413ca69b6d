using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Tests.Manifests;

namespace Platform.EndToEnd.Images;

/// <summary>As much of the Kubernetes API as the jobs of the overlay use: Secrets by name, for the accounts whose roles allow it.</summary>
internal sealed class SecretApi : IAsyncDisposable
{
    private const string MergePatch = "application/merge-patch+json";

    private readonly Overlay _overlay;
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, string>> _secrets;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SecretApi(Overlay overlay, IPAddress address)
    {
        _overlay = overlay;
        _secrets = new(overlay.All<V1Secret>().ToDictionary(secret => secret.Metadata.Name, _ => ImmutableSortedDictionary<string, string>.Empty));
        _certificate = Certificate(address);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        var path = $"/api/v1/namespaces/{overlay.All<V1Namespace>().Single().Metadata.Name}/secrets/{{name}}";
        _app.MapGet(path, (string name, HttpRequest request) => Allows(request, "get", name) ? Answer(name) : Results.StatusCode(StatusCodes.Status403Forbidden));
        _app.MapPatch(path, Patch);
    }

    /// <summary>What the ConfigMap of the cluster's authority holds.</summary>
    public string Authority => _certificate.ExportCertificatePem();

    /// <summary>What every pod is told of the API server.</summary>
    public IReadOnlyDictionary<string, string> Variables
    {
        get
        {
            var address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            return new Dictionary<string, string> { ["KUBERNETES_SERVICE_HOST"] = address.Host, ["KUBERNETES_SERVICE_PORT"] = $"{address.Port}" };
        }
    }

    public static async Task<SecretApi> Start(Overlay overlay, IPAddress address)
    {
        var api = new SecretApi(overlay, address);
        await api._app.StartAsync();
        return api;
    }

    /// <summary>A token of a service account.</summary>
    public string Token(string account)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _tokens[token] = account;
        return token;
    }

    /// <summary>The entries of a Secret as text; none, if there is no such Secret.</summary>
    public IReadOnlyDictionary<string, string> Read(string name) =>
        Kept(name).ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(Convert.FromBase64String(entry.Value)));

    /// <summary>Replaces an entry, as an operator does.</summary>
    public void Write(string name, string key, string value) => Set(name, [KeyValuePair.Create(key, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)))]);

    /// <summary>Waits until the Secrets are so.</summary>
    public async Task Until(Func<bool> holds, CancellationToken cancellation)
    {
        for (var changed = Volatile.Read(ref _changed); !holds(); changed = Volatile.Read(ref _changed))
        {
            await changed.Task.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task<IResult> Patch(string name, HttpRequest request)
    {
        if (!Allows(request, "patch", name) || !_secrets.ContainsKey(name))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (request.ContentType?.Split(';')[0] != MergePatch)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var patch = await JsonNode.ParseAsync(request.Body);
        var entries = patch!["data"]!.AsObject().Select(entry => KeyValuePair.Create(entry.Key, entry.Value!.GetValue<string>()));
        Set(name, entries);
        return Answer(name);
    }

    private void Set(string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        _secrets[name] = Kept(name).SetItems(entries);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private ImmutableSortedDictionary<string, string> Kept(string name) => _secrets.GetValueOrDefault(name, ImmutableSortedDictionary<string, string>.Empty);

    private IResult Answer(string name) => Results.Json(new { kind = V1Secret.KubeKind, data = Kept(name) });

    // As the roles of the overlay say: a job that asked for more than its own would fail here too.
    private bool Allows(HttpRequest request, string verb, string name) =>
        request.Headers.Authorization.ToString().Split(' ') is ["Bearer", var token]
        && _tokens.TryGetValue(token, out var account)
        && _overlay.All<V1RoleBinding>()
            .Where(binding => binding.Subjects.Any(subject => subject.Name == account))
            .SelectMany(binding => _overlay.One<V1Role>(binding.RoleRef.Name).Rules)
            .Any(rule => rule.Resources.Contains("secrets") && rule.Verbs.Contains(verb) && rule.ResourceNames.Contains(name));

    private static X509Certificate2 Certificate(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
