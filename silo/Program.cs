using System.CommandLine;
using Platform.Hosting;
using Platform.Silo.Commands;

var plain = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await PlatformProgram.Run(() => SiloCommands.Create().Parse(args).InvokeAsync(plain));
