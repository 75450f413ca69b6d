using System.CommandLine;
using Platform.Load;
using Platform.Load.Logins;

var data = new Option<DirectoryInfo>("--data") { Description = "Data folder of a running province.", DefaultValueFactory = _ => new DirectoryInfo("data") };
var callers = new Option<int>("--callers") { Description = "Concurrent callers.", DefaultValueFactory = _ => 64 };
var seconds = new Option<int>("--seconds") { Description = "Length of the measured run.", DefaultValueFactory = _ => 15 };
var disclosures = new Command("disclosures", "Asks for the data of many citizens as the social insurance, each caller as fast as it is answered.") { data, callers, seconds };
disclosures.SetAction((parsed, cancellation) => DisclosureLoad.Run(
    parsed.GetRequiredValue(data).FullName, parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
var peer = new Option<DirectoryInfo?>("--peer") { Description = "Folder of the peer (tests/Platform.Load/Peer after npm ci), to measure it in the same run." };
var logins = new Command("logins", "Whole logins (pushed request, code, DPoP, refresh) and machine tokens, each caller as fast as it is answered.") { data, callers, seconds, peer };
logins.SetAction((parsed, cancellation) => LoginLoad.Run(
    parsed.GetRequiredValue(data).FullName, parsed.GetValue(peer)?.FullName, parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
return await new RootCommand("Load on a running province.") { disclosures, logins }.Parse(args).InvokeAsync();
