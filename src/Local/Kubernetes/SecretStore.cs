using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Hosting;

namespace Platform.Local.Kubernetes;

/// <summary>The Secrets of the pod's own namespace: those that its service account may read and change, by name. It makes and lists none.</summary>
internal sealed class SecretStore : ISecretStore, IDisposable
{
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";

    private readonly HttpClient _http;

    public SecretStore()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        Namespace = Environment.GetEnvironmentVariable("POD_NAMESPACE") ?? "";
        if (string.IsNullOrEmpty(host) || Namespace.Length == 0 || !File.Exists($"{Account}/token"))
        {
            throw new CannotStartException("This command runs as a job of k8s/overlays/local, in a pod with a service account and POD_NAMESPACE.");
        }

        _http = new HttpClient(Handler(), disposeHandler: true)
        {
            BaseAddress = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}/api/v1/namespaces/{Namespace}/secrets/"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public string Namespace { get; }

    public async Task<IReadOnlyDictionary<string, string>> Read(string name, CancellationToken cancellation)
    {
        using var answer = await Send(HttpMethod.Get, name, content: null, cancellation);
        var data = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))?["data"]?.AsObject() ?? [];
        return data.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(Convert.FromBase64String(entry.Value!.GetValue<string>())));
    }

    public async Task Add(string name, IReadOnlyDictionary<string, string> data, CancellationToken cancellation)
    {
        var entries = data.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, Convert.ToBase64String(Encoding.UTF8.GetBytes(entry.Value))));
        using var patch = new StringContent(new JsonObject { ["data"] = new JsonObject(entries) }.ToJsonString(), Encoding.UTF8, "application/merge-patch+json");
        using var answer = await Send(HttpMethod.Patch, name, patch, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.ImportFromPemFile($"{Account}/ca.crt");
        return new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string name, HttpContent? content, CancellationToken cancellation)
    {
        // The token lasts ten minutes, and the file always holds a fresh one.
        var token = await File.ReadAllTextAsync($"{Account}/token", cancellation);
        using var request = new HttpRequestMessage(method, new Uri(name, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        var answer = await _http.SendAsync(request, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new CannotStartException($"The Secret {name} could not be used ({(int)answer.StatusCode}). Apply the whole overlay, with its Role.");
        }
    }
}

/// <summary>Named Secrets, which exist already and are empty at first.</summary>
internal interface ISecretStore
{
    string Namespace { get; }

    Task<IReadOnlyDictionary<string, string>> Read(string name, CancellationToken cancellation);

    /// <summary>Adds or replaces entries; others stay.</summary>
    Task Add(string name, IReadOnlyDictionary<string, string> data, CancellationToken cancellation);
}
