namespace Platform.Local;

internal static class Greeting
{
    private const int AccountsShown = 4;

    public static void Print(LocalOptions options, IReadOnlyList<DemoAccount> accounts) => Console.WriteLine(
        $"""

        The province runs. Open {options.Portal} and log in with one of these e-IDs of level 2 (number and password; they are kept in people.json, for you alone):

        {string.Join('\n', accounts.Take(AccountsShown).Select(account => $"  {account.PersonalId}  {account.Password}  {account.Name}{account.As}"))}

        The second factor is a code of an authenticator app; this prints one, good for half a minute:

          dotnet run --no-build --project src/Local -- code {accounts[0].PersonalId} --data "{options.Data}"

        The first citizen has a history to look at; the one-stop-officer works at {options.Portal}counter.

          portal     {options.Portal}
          identity   {options.Identity}   (the e-ID's own pages: {options.Identity}account)
          api        {options.Api}   (description: {options.Api}openapi/v1.json)
          data       {options.Data}   (province.json lists systems, keys, people and permitted examples)

        Ask for data as the social insurance system, in another terminal:

          ASSERTION=$(dotnet run --no-build --project src/Local -- assertion insurance --data "{options.Data}")
          TOKEN=$(curl -s {options.Identity}connect/token -d grant_type=client_credentials -d client_id=insurance \
            -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d client_assertion=$ASSERTION \
            | sed -nE 's/.*"access_token": *"([^"]+)".*/\1/p')
          curl -s {options.Api}v1/disclosures -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
            --data @"{options.File("examples", "insurance.json")}"

        Ctrl-C stops it.
        """);
}
