using System.CommandLine;
using Platform.Hosting;
using Platform.Local;

var plain = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await PlatformProgram.Run(() => LocalCommands.Create().Parse(args).InvokeAsync(plain));
