namespace Platform.Local;

internal static class Greeting
{
    public static void Print(LocalOptions options) => Console.WriteLine(
        $"""

        The province runs.
          identity   {options.Identity}
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
