using System.Globalization;
using System.Text.Json;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The answer to a call: a card for each appointment. Nothing is ever proposed to be done by itself: there are no suggestions and no
/// system actions.
/// </summary>
/// <param name="screenings">What came of the call.</param>
/// <param name="language">The language of the texts.</param>
/// <param name="address">The absolute address of a path of this service; null when nobody knows it.</param>
/// <param name="page">The path of the page of a decision; null when there is none.</param>
/// <remarks><see href="https://cds-hooks.hl7.org/2.0.1/#cds-service-response"/>.</remarks>
internal sealed class Cards(HookScreenings screenings, Language language, Func<string, string?> address, Func<LinkedDecision, string?> page)
{
    private static readonly int[] FewerEntries = [3, 1, 0];

    /// <summary>What stands around the cards.</summary>
    private static readonly int Frame = "{\"cards\":[]}".Length;

    /// <summary>Every card, each as a whole where the answer has room for that.</summary>
    /// <param name="most">The most bytes that the answer may have.</param>
    public CdsCardsResponse All(long most)
    {
        var fitting = new CardsWithinSize<CdsCard>(screenings.Screened, SizeOf, most - Frame);
        return new()
        {
            Cards = fitting.All(Card)
                ?? fitting.All(WithoutLinks)
                ?? fitting.Some(
                    WithoutLinks,
                    screened => Outcome(screened, CardSummary.Of(screenings, screened, language), CardTexts.OutcomeOnly),
                    (screened, left) => Outcome(screened with { Request = null, Decision = null }, LeftOut(left), CardTexts.LeftOutRemedy)),
        };
    }

    private static long SizeOf(CdsCard card)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        output.Json(card, ResponseJson.Of<CdsCard>());
        return output.Written.Length;
    }

    private string LeftOut(int left) => CardTexts.LeftOut.In(language).With("n", left.ToString(CultureInfo.InvariantCulture));

    /// <summary>A card without its links and the reasons that can be given against it.</summary>
    private CdsCard WithoutLinks(ScreenedAppointment screened)
    {
        var card = Card(screened);
        return new CdsCard
        {
            Uuid = card.Uuid,
            Summary = card.Summary,
            Indicator = card.Indicator,
            Detail = card.Detail,
            Source = Source(null),
            Extension = card.Extension,
        };
    }

    /// <summary>What came of an appointment, and no more.</summary>
    private CdsCard Outcome(ScreenedAppointment screened, string summary, LocalizedText detail) => new()
    {
        Uuid = CardId.Of(screenings.Request.Instance, screenings.Service.Id, screened, FactsOf(screened)),
        Summary = summary,
        Indicator = CardSummary.Indicator(screened.Decision),
        Detail = detail.In(language),
        Source = Source(null),
    };

    private static DecisionInputs? FactsOf(ScreenedAppointment screened) => screened.Request is { } decided ? DecisionInputs.Of(decided) : null;

    private CdsCardSource Source(string? url)
    {
        var protocol = screenings.Protocol;
        return new CdsCardSource
        {
            Label = protocol.Document.Title.In(language) + " " + protocol.Document.Version,
            Url = url,
            Topic = Coding(Canonicals.Protocols, protocol.Id, protocol.Document.Title),
        };
    }

    private CdsCard Card(ScreenedAppointment screened)
    {
        var facts = FactsOf(screened);
        var id = CardId.Of(screenings.Request.Instance, screenings.Service.Id, screened, facts);
        var protocol = screenings.Protocol;
        var sheet = address($"/v1/protocols/{protocol.Id}/versions/{protocol.Document.Version}");
        var notes = CardNotes.Of(screenings, screened, language, CardDetail.Most);
        var printable = facts is null ? null : Page(screened, id, facts, notes);
        List<CdsCardLink> links =
        [
            .. Link(CardTexts.FormLink, address($"/fhir/Questionnaire/{protocol.Id}")),
            .. Link(CardTexts.PageLink, printable is null ? null : address(printable)),
            .. Link(CardTexts.ProtocolLink, sheet),
        ];
        return new CdsCard
        {
            Uuid = id,
            Summary = CardSummary.Of(screenings, screened, language),
            Indicator = CardSummary.Indicator(screened.Decision),
            Detail = CardDetail.Of(id, screenings, screened, notes, language),
            Source = Source(sheet),
            OverrideReasons = protocol.Document.OverrideReasons?
                .Select(reason => Coding(Canonicals.OverrideReasons(protocol.Id), reason.Code, reason.Text)).ToList(),
            Links = links.Count > 0 ? links : null,
            Extension = screened is { Request: { } request, Decision: { } decision }
                ? new CdsCardExtension { Decision = Written(id, request, decision), Record = CardRecord.Of(decision) }
                : null,
        };
    }

    /// <summary>
    /// The path of the decision's page; where the entries of the record are too many for an address, with fewer of them named.
    /// </summary>
    private string? Page(ScreenedAppointment screened, Guid id, DecisionInputs facts, ReportNotes notes) =>
        FewerEntries.Select(most => notes with { Record = RecordNotes.Of(screened.Decision!, most, apart: false) }).Prepend(notes)
            .Select(told => page(LinkedDecision.Of(id, screened.Request!, facts, language, told)))
            .FirstOrDefault(path => path is not null);

    private CdsCardLink[] Link(LocalizedText label, string? url) =>
        url is null ? [] : [new CdsCardLink { Label = label.In(language), Url = url, Type = "absolute" }];

    private CdsCoding Coding(string system, string code, LocalizedText display) =>
        new() { System = system, Code = code, Display = display.In(language) };

    private JsonElement Written(Guid id, ScreeningRequest request, Decision decision)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        DecisionWriter.Write(output, id, request, decision, language);
        return JsonElement.Parse(output.Written.Span);
    }
}
