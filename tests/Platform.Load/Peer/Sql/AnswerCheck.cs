using System.Text.Json.Nodes;

namespace Platform.Load.Peer.Sql;

/// <summary>Whether the contestants say the same: who leaves half of the answer out is faster and not comparable.</summary>
internal static class AnswerCheck
{
    // Each has its own identities, times and positions.
    private static readonly string[] OwnMembers = ["id", "at", "traceId", "ledger"];

    /// <summary>Asks everybody about the same citizen; gives what differs from the first, or null.</summary>
    public static async Task<string?> Differences(
        IReadOnlyList<Contestant> contestants, Func<Uri, RawRequest> request, string number, CancellationToken cancellation)
    {
        var answers = new List<JsonObject>();
        foreach (var contestant in contestants)
        {
            using var connection = await RawConnection.Open(contestant.Api, cancellation);
            var asked = request(contestant.Api);
            var copy = asked.Copy();
            asked.Name(copy, number);
            var (status, length) = await connection.Ask(copy, cancellation);
            answers.Add(Comparable(status, connection.Body(length)));
        }

        return answers.Index().Skip(1)
            .Select(answer => (contestants[answer.Index].Name, Place: FirstDifference(answers[0], answer.Item, "")))
            .Where(answer => answer.Place is not null)
            .Select(answer => $"{contestants[0].Name} and {answer.Name} answer differently at {answer.Place}.")
            .FirstOrDefault();
    }

    private static JsonObject Comparable(int status, byte[] body)
    {
        var answer = JsonNode.Parse(body)!.AsObject();
        foreach (var member in OwnMembers)
        {
            if (answer.ContainsKey(member))
            {
                answer[member] = "present";
            }
        }

        answer["http"] = status;
        return answer;
    }

    // Where, and not what: values are about a person.
    private static string? FirstDifference(JsonNode? left, JsonNode? right, string place) => (left, right) switch
    {
        (JsonObject one, JsonObject other) when one.Select(member => member.Key).SequenceEqual(other.Select(member => member.Key)) =>
            one.Select(member => FirstDifference(member.Value, other[member.Key], $"{place}/{member.Key}")).FirstOrDefault(found => found is not null),
        (JsonArray one, JsonArray other) when one.Count == other.Count =>
            one.Select((item, index) => FirstDifference(item, other[index], $"{place}/{index}")).FirstOrDefault(found => found is not null),
        _ => JsonNode.DeepEquals(left, right) ? null : place is "" ? "/" : place,
    };
}
