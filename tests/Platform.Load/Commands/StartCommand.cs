using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Platform.Load.Stack;

namespace Platform.Load.Commands;

/// <summary>Measures how long the newcomer's one command takes from its start to a first permitted disclosure.</summary>
internal static class StartCommand
{
    private const string System = "insurance";
    private const string ReadyLine = "ready";

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Starts, each with an empty folder.", DefaultValueFactory = _ => 3 };
        var command = new Command("start", "From the start of the province in one process, with an empty folder, to the first permitted disclosure.") { rounds };
        command.SetAction(async (parsed, cancellation) =>
        {
            for (var round = 0; round < parsed.GetValue(rounds); round++)
            {
                var (ready, released) = await Once(cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {ready:0.0} s, first permitted disclosure after {released:0.0} s"));
            }

            return 0;
        });
        return command;
    }

    private static async Task<(double Ready, double Released)> Once(CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("platform-load-");
        try
        {
            var began = Stopwatch.GetTimestamp();
            using var process = await Launcher.Start(
                [], ["dotnet", Programs.File("Platform.Local"), "--data", data.FullName, "--port", Ports.Block(8).ToString(CultureInfo.InvariantCulture)],
                new Dictionary<string, string>(), data.FullName);
            try
            {
                while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line && line != ReadyLine)
                {
                }

                var ready = Stopwatch.GetElapsedTime(began).TotalSeconds;
                await Ask(data.FullName, cancellation);
                return (ready, Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task Ask(string data, CancellationToken cancellation)
    {
        var province = await RunningProvince.Read(data, cancellation);
        using var tokens = new SectorTokens(province.Identity, [province.Identity], province.Key);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, province.Api + "v1/disclosures")
        {
            Content = new StringContent(await File.ReadAllTextAsync(Path.Combine(data, "examples", $"{System}.json"), cancellation), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.Get(System, cancellation));
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
