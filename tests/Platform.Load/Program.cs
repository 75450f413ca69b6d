using System.CommandLine;
using Platform.Load;

var data = new Option<DirectoryInfo>("--data") { Description = "Data folder of a running province.", DefaultValueFactory = _ => new DirectoryInfo("data") };
var callers = new Option<int>("--callers") { Description = "Concurrent callers.", DefaultValueFactory = _ => 64 };
var seconds = new Option<int>("--seconds") { Description = "Length of the measured run.", DefaultValueFactory = _ => 15 };
var disclosures = new Command("disclosures", "Asks for the data of many citizens as the social insurance, each caller as fast as it is answered.") { data, callers, seconds };
disclosures.SetAction((parsed, cancellation) => DisclosureLoad.Run(
    parsed.GetRequiredValue(data).FullName, parsed.GetValue(callers), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
return await new RootCommand("Load on a running province.") { disclosures }.Parse(args).InvokeAsync();
