using Platform.Synthetic;

return await GenerateCommand.Root().Parse(args).InvokeAsync();
