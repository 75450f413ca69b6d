using System.Text;
using System.Text.Json;
using Platform.Load.Open.Wire;
using Xunit;

namespace Platform.Tests.Load;

public sealed class DisclosureReplyTests
{
    private const string Answer = """
        {
          "type": "urn:x", "id": "01a21b44-2994-7816-a664-06042099a0c9", "at": "2026-11-27T04:29:41Z", "ledger": { "seq": 15, "hash": "006f" },
          "items": [
            {
              "target": "a.b", "outcome": "released", "value": null, "text": { "vi": "x", "en": "id" }, "consentId": "01a21b44-2a7d-7379-875c-89d3ed53527d",
              "values": [ { "value": 4, "document": "OTHER", "source": "s" }, { "value": 7, "document": "OURS", "asOf": { "value": 9 } } ], "remedies": [ { "code": "x" } ]
            },
            { "target": "c.d", "outcome": "denied", "value": null, "values": null, "consentId": null },
            { "target": "e.f", "outcome": "released", "values": [ { "value": "OURS", "document": "OURS" } ], "consentId": "01a21b44-2a7d-7379-875c-89d3ed53527d" }
          ]
        }
        """;

    [Fact]
    public void The_entry_what_was_released_the_consents_and_the_version_are_read()
    {
        var reply = DisclosureReply.Read(Encoding.UTF8.GetBytes(Answer), ["a.b", "c.d", "e.f"], "OURS"u8);

        Assert.Equal((new Guid("01a21b44-2994-7816-a664-06042099a0c9"), 15, "006f", 7), (reply.Id, reply.Seq, reply.Hash, reply.Version));
        Assert.Equal(["a.b", "e.f"], reply.Released);
        Assert.Equal([new Guid("01a21b44-2a7d-7379-875c-89d3ed53527d")], reply.Consents);
    }

    [Fact]
    public void A_document_that_is_not_held_has_version_0_and_one_not_looked_for_none()
    {
        Assert.Equal(0, DisclosureReply.Read(Encoding.UTF8.GetBytes(Answer), ["a.b", "c.d", "e.f"], "NEW"u8).Version);
        Assert.Null(DisclosureReply.Read(Encoding.UTF8.GetBytes(Answer), ["a.b", "c.d", "e.f"], default).Version);
    }

    [Fact]
    public void A_release_that_nobody_asked_for_is_no_readable_answer() =>
        Assert.Throws<JsonException>(() => DisclosureReply.Read(Encoding.UTF8.GetBytes(Answer), ["a.b", "c.d"], default));

    [Fact]
    public void An_answer_without_entry_is_no_readable_answer() =>
        Assert.Throws<JsonException>(() => DisclosureReply.Read("""{ "id": "01a21b44-2994-7816-a664-06042099a0c9", "items": [] }"""u8, [], default));
}
