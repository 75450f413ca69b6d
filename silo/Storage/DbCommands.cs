using System.Data.Common;

namespace Platform.Silo.Storage;

internal static class DbCommands
{
    public static DbCommand With(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return command;
    }

    public static DbCommand Command(this DbConnection connection, string text, DbTransaction? transaction = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        return command;
    }

    public static async Task Execute(this DbConnection connection, string text, DbTransaction? transaction = null)
    {
        await using var command = connection.Command(text, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
