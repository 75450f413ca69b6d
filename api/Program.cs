using Platform.Api;
using Platform.Api.OpenApi;
using Platform.Hosting;
using Platform.Hosting.Cluster;

return await PlatformProgram.Run(async () =>
{
    if (args is ["openapi"])
    {
        Console.Write(await PublishedDocument.Write());
        return 0;
    }

    await ApiHost.Build(args, builder => builder.AddClusterClient()).RunAsync();
    return 0;
});
