using System.CommandLine;
using Platform.Load.Commands;

return await new RootCommand("Load on a province.")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    PlantedCommand.Create(),
    PlantedCommand.CreateSilo(),
    SaturationCommand.Create(),
    EngineCommand.Create(),
    LoginsCommand.Create(),
    StackCommand.Create(),
    PeerCommand.Create(),
    CompareCommand.Create(),
    FaultsCommand.Create(),
    TestSiloCommand.Create(),
    FootprintCommand.Create(),
    ImportRateCommand.Create(),
    GrowthCommand.Create(),
    StartCommand.Create(),
}.Parse(args).InvokeAsync();
