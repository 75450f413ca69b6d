using Platform.Hosting;
using Platform.Portal;

return await PlatformProgram.Run(async () =>
{
    if (args is ["key-ring", var folder])
    {
        KeyRingCommand.Make(folder, TimeProvider.System);
        return 0;
    }

    await PortalHost.Build(args, _ => { }).RunAsync();
    return 0;
});
