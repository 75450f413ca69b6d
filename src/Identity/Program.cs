using System.CommandLine;
using Platform.Hosting;
using Platform.Identity.Commands;

var plain = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
return await PlatformProgram.Run(() => IdentityCommands.Create().Parse(args).InvokeAsync(plain));
