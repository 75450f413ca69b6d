using System.Text.Json.Nodes;
using Platform.Contracts;
using Platform.Domain;
using Platform.Domain.Citizens;
using Xunit;

namespace Platform.Tests.Api;

public sealed class DocumentTests(SharedServer fixture) : IClassFixture<SharedServer>
{
    readonly ApiServer _server = fixture.Fresh();

    [Fact]
    public async Task A_document_arrives_in_canonical_text_with_the_catalogues_source()
    {
        _server.Grains.On<ICitizenSources, PutDocumentAnswer>("PutDocument", _ => new PutDocumentAnswer { Changed = true, HeldVersion = 3 });

        var answer = (await Put(Bodies.Document)).AssertOk();

        var call = _server.Grains.Last.Argument<PutDocumentCall>();
        var document = DomainJson.Read<Document>(call.Document);
        Assert.Equal(("insurance", ApiServer.Person), (call.System, _server.Grains.Last.Key));
        Assert.Equal(("drivingLicence", "66012345", DocumentState.Valid), (document.Kind, document.Number, document.IssuerState));
        Assert.Equal(new Provenance { Source = "driving-licence", AsOf = Answers.At, Version = 3 }, document.Provenance);
        Assert.Equal([new("class", "B"), new("points", "12")], document.Values);
        Assert.Equal((true, 3), (answer.GetProperty("changed").GetBoolean(), answer.GetProperty("heldVersion").GetInt64()));
    }

    [Theory]
    [InlineData(Refusals.DocumentVersionOld, 409)]
    [InlineData(Refusals.DocumentVersionConflict, 409)]
    [InlineData(Refusals.DocumentsTooMany, 409)]
    [InlineData(Refusals.DocumentNotYours, 403)]
    [InlineData(Refusals.CitizenUnknown, 404)]
    public async Task A_refusal_is_told_by_its_code(string code, int status)
    {
        _server.Grains.On<ICitizenSources, PutDocumentAnswer>("PutDocument", _ => new PutDocumentAnswer { Changed = false, HeldVersion = 4, Refusal = code });

        (await Put(Bodies.Document)).AssertRefused(status, code);
    }

    [Theory]
    [InlineData("/kind", "\"flyingLicence\"", "document.kind-unknown")]
    [InlineData("/state", "\"expired\"", "request.shape-invalid")]
    [InlineData("/state", "1", "request.shape-invalid")]
    [InlineData("/issuerVersion", "0", "number.out-of-range")]
    [InlineData("/issuerVersion", "1.5", "request.shape-invalid")]
    [InlineData("/issuerVersion", "\"3\"", "request.shape-invalid")]
    [InlineData("/number", "\"  \"", "text.empty")]
    [InlineData("/validTo", "\"2025-03-31\"", "document.dates-invalid")]
    [InlineData("/validTo", "\"31/03/2035\"", "request.shape-invalid")]
    [InlineData("/validTo", "\"2035-02-30\"", "request.shape-invalid")]
    [InlineData("/asOf", "\"2026-03-02T09:15:00\"", "request.shape-invalid")]
    [InlineData("/asOf", "\"2026-03-02\"", "request.shape-invalid")]
    [InlineData("/attributes/wings", "\"2\"", "document.attribute-unknown")]
    [InlineData("/attributes/number", "\"2\"", "document.attribute-unknown")]
    [InlineData("/attributes/points", "\"12\"", "document.value-malformed")]
    [InlineData("/attributes/points", "12.5", "document.value-malformed")]
    [InlineData("/attributes/points", "1e2", "document.value-malformed")]
    [InlineData("/attributes/class", "7", "document.value-malformed")]
    [InlineData("/attributes/class", "null", "document.value-malformed")]
    [InlineData("/attributes/class", "{}", "document.value-malformed")]
    [InlineData("/subject/personalId", "\"06719900001\"", "personal-id.malformed")]
    public async Task A_wrong_member_is_refused(string pointer, string value, string code)
    {
        (await Put(Bodies.With(Bodies.Document, pointer, JsonNode.Parse(value)))).AssertRefused(400, code);
        Assert.Empty(_server.Grains.Calls);
    }

    Task<ApiAnswer> Put(string body) => _server.Send(HttpMethod.Put, "/v1/documents", _server.SystemToken("documents.push"), body);
}
