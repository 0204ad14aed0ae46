using System.Globalization;
using System.Text.Json;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>A card with what it tells of.</summary>
/// <param name="Card">The card.</param>
/// <param name="Told">The screened appointment; null where the card tells of no decision on it.</param>
internal sealed record ToldCard(CdsCard Card, ScreenedAppointment? Told);

/// <summary>
/// The response to a call: a card for each appointment. There are no suggestions and no system actions, so nothing is ever proposed to be
/// done automatically.
/// </summary>
/// <param name="screenings">The results of the call.</param>
/// <param name="language">The language of the texts.</param>
/// <param name="addressOf">Returns the absolute address of a path of this service; null when unknown.</param>
/// <param name="pageOf">Returns the path of a decision's page; null when there is none.</param>
/// <remarks><see href="https://cds-hooks.hl7.org/2.0.1/#cds-service-response"/>.</remarks>
internal sealed class Cards(
    HookScreenings screenings, Language language, Func<string, string?> addressOf, Func<LinkedDecision, string?> pageOf)
{
    private static readonly int[] FewerEntries = [3, 1, 0];

    /// <summary>The length of the JSON around the cards.</summary>
    private static readonly int FrameLength = "{\"cards\":[]}".Length;

    /// <summary>Returns every card, complete where the response size allows it.</summary>
    /// <param name="maxBytes">The maximum size of the response in bytes.</param>
    public IReadOnlyList<ToldCard> All(long maxBytes)
    {
        var fitting = new CardsWithinSize<ToldCard>(screenings.Screened, SizeOf, maxBytes - FrameLength);
        return fitting.All(Card)
            ?? fitting.All(WithoutLinks)
            ?? fitting.Some(
                WithoutLinks,
                screened => Outcome(screened, CardSummary.Of(screenings, screened, language), CardTexts.OutcomeOnly),
                (screened, remaining) => Outcome(
                    screened with { Request = null, Decision = null }, LeftOut(remaining), CardTexts.LeftOutRemedy));
    }

    private static long SizeOf(ToldCard told)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        output.Json(told.Card, ResponseJson.Of<CdsCard>());
        return output.Written.Length;
    }

    private string LeftOut(int remaining) => CardTexts.LeftOut.In(language).With("n", remaining.ToString(CultureInfo.InvariantCulture));

    /// <summary>Creates a card that says only what is missing and what the record raises, with one link, to the form.</summary>
    private CdsCard WithoutForm(ScreenedAppointment screened)
    {
        var most = ShortDetail.MostEntries(screenings.Screened.Count > 1);
        var (id, notes) = (IdOf(screened), CardNotes.Of(screenings, screened, language, most));
        var links = Link(CardTexts.FormLink, FormAddress);
        return new CdsCard
        {
            Uuid = id,
            Summary = CardSummary.Of(screenings, screened, language),
            Indicator = CardSummary.Indicator(screened.Decision),
            Detail = CardDetail.Of(id, screenings, screened, notes, language),
            Source = Source(null),
            Links = links.Length > 0 ? links : null,
        };
    }

    /// <summary>Creates a card without links and override reasons.</summary>
    private ToldCard WithoutLinks(ScreenedAppointment screened)
    {
        var told = Card(screened);
        return told with { Card = told.Card with { Source = Source(null), OverrideReasons = null, Links = null } };
    }

    /// <summary>Creates a card with the outcome only.</summary>
    private ToldCard Outcome(ScreenedAppointment screened, string summary, LocalizedText detail)
    {
        var card = new CdsCard
        {
            Uuid = IdOf(screened),
            Summary = summary,
            Indicator = CardSummary.Indicator(screened.Decision),
            Detail = detail.In(language),
            Source = Source(null),
        };
        return new ToldCard(card, CardSummary.IsWithoutForm(screenings, screened) ? null : screened);
    }

    private string? FormAddress => addressOf($"/fhir/Questionnaire/{screenings.Protocol.Id}");

    private Guid IdOf(ScreenedAppointment screened) =>
        CardId.Of(screenings.Request.Instance, screenings.Service.Id, screened, InputsOf(screened));

    private static DecisionInputs? InputsOf(ScreenedAppointment screened) =>
        screened.Request is { } request ? DecisionInputs.Of(request) : null;

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

    private ToldCard Card(ScreenedAppointment screened)
    {
        if (CardSummary.IsWithoutForm(screenings, screened))
        {
            return new ToldCard(WithoutForm(screened), null);
        }

        var (inputs, id) = (InputsOf(screened), IdOf(screened));
        var protocol = screenings.Protocol;
        var protocolUrl = addressOf($"/v1/protocols/{protocol.Id}/versions/{protocol.Document.Version}");
        var notes = CardNotes.Of(screenings, screened, language, CardDetail.MaxItems);
        var pagePath = inputs is null ? null : Page(screened, id, inputs, notes);
        List<CdsCardLink> links =
        [
            .. Link(CardTexts.FormLink, FormAddress),
            .. Link(CardTexts.PageLink, pagePath is null ? null : addressOf(pagePath)),
            .. Link(CardTexts.ProtocolLink, protocolUrl),
        ];
        var card = new CdsCard
        {
            Uuid = id,
            Summary = CardSummary.Of(screenings, screened, language),
            Indicator = CardSummary.Indicator(screened.Decision),
            Detail = CardDetail.Of(id, screenings, screened, notes, language),
            Source = Source(protocolUrl),
            OverrideReasons = protocol.Document.OverrideReasons?
                .Select(reason => Coding(Canonicals.OverrideReasons(protocol.Id), reason.Code, reason.Text)).ToList(),
            Links = links.Count > 0 ? links : null,
            Extension = screened is { Request: { } request, Decision: { } decision }
                ? new CdsCardExtension { Decision = ToJson(id, request, decision), Record = CardRecord.Of(decision) }
                : null,
        };
        return new ToldCard(card, screened);
    }

    /// <summary>Returns the path of the decision's page; lists fewer record entries when they do not fit into an address.</summary>
    private string? Page(ScreenedAppointment screened, Guid id, DecisionInputs inputs, ReportNotes notes) =>
        FewerEntries.Select(count => notes with { Record = RecordNotes.Of(screened.Decision!, count, apart: false) }).Prepend(notes)
            .Select(shortened => pageOf(LinkedDecision.Of(id, screened.Request!, inputs, language, shortened)))
            .FirstOrDefault(path => path is not null);

    private CdsCardLink[] Link(LocalizedText label, string? url) =>
        url is null ? [] : [new CdsCardLink { Label = label.In(language), Url = url, Type = "absolute" }];

    private CdsCoding Coding(string system, string code, LocalizedText display) =>
        new() { System = system, Code = code, Display = display.In(language) };

    private JsonElement ToJson(Guid id, ScreeningRequest request, Decision decision)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        DecisionWriter.Write(output, id, request, decision, language);
        return JsonElement.Parse(output.Written.Span);
    }
}
