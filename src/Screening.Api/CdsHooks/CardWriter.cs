using System.Globalization;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// Writes the answer to a call: a card for each appointment. Nothing is ever proposed to be done by itself: there are no suggestions and no system actions.
/// </summary>
/// <remarks><see href="https://cds-hooks.hl7.org/2.0.1/#cds-service-response"/>.</remarks>
internal static class CardWriter
{
    private static readonly int[] MostEntries = [10, 3, 1, 0];

    /// <summary>Room for one ordinary card.</summary>
    public const int UsualLength = 16 * 1024;

    /// <summary>Writes every card.</summary>
    /// <param name="output">Takes the answer.</param>
    /// <param name="screenings">What came of the call.</param>
    /// <param name="language">The language of the texts.</param>
    /// <param name="address">The absolute address of a path of this service; null when nobody knows it.</param>
    /// <param name="page">The path of the page of a decision; null when there is none.</param>
    /// <param name="most">The most bytes that the answer may have: where the whole cards have more, less of them is told.</param>
    public static void Write(Utf8Output output, HookScreenings screenings, Language language, Func<string, string?> address, Func<LinkedDecision, string?> page, long most)
    {
        output.Raw("{\"cards\":["u8);
        var fitting = new FittingCards(output, screenings.Screened, most - "]}"u8.Length);
        if (!fitting.TryWrite(screened => WriteCard(output, screenings, screened, language, address, page))
            && !fitting.TryWrite(screened => WriteCard(output, screenings, screened, language, null, null)))
        {
            fitting.Write(
                screened => WriteCard(output, screenings, screened, language, null, null),
                screened => WriteOutcome(output, screenings, screened, CardSummary.Of(screenings, screened, language), CardTexts.OutcomeOnly, language),
                (screened, left) => WriteOutcome(output, screenings, screened with { Request = null, Decision = null }, CardTexts.LeftOut.In(language).With("n", left.ToString(CultureInfo.InvariantCulture)), CardTexts.LeftOutRemedy, language));
        }

        output.Raw("]}"u8);
    }

    /// <summary>What came of an appointment, and no more.</summary>
    private static void WriteOutcome(Utf8Output output, HookScreenings screenings, ScreenedAppointment screened, string summary, LocalizedText detail, Language language)
    {
        WriteHead(output, screenings, screened, screened.Request is { } decided ? DecisionFacts.Of(decided) : null, summary);
        output.Raw(",\"detail\":"u8);
        output.Text(detail.In(language));
        WriteSource(output, screenings.Protocol, language, null);
        output.Raw("}"u8);
    }

    /// <summary>Everything of an appointment; the links, and the reasons that can be given against a card, only where there are addresses.</summary>
    private static void WriteCard(Utf8Output output, HookScreenings screenings, ScreenedAppointment screened, Language language, Func<string, string?>? address, Func<LinkedDecision, string?>? page)
    {
        var facts = screened.Request is { } decided ? DecisionFacts.Of(decided) : null;
        var protocol = screenings.Protocol;
        var sheet = address?.Invoke($"/v1/protocols/{protocol.Id}/versions/{protocol.Document.Version}");
        var id = WriteHead(output, screenings, screened, facts, CardSummary.Of(screenings, screened, language));
        output.Raw(",\"detail\":"u8);
        output.Text(CardDetail.Of(screenings, screened, language));
        WriteSource(output, protocol, language, sheet);
        if (address is not null && page is not null)
        {
            WriteOverrideReasons(output, protocol, language);
            var printable = facts is null ? null : Page(screenings, screened, id, facts, language, page);
            WriteLinks(output, language, (CardTexts.FormLink, address($"/fhir/Questionnaire/{protocol.Id}")), (CardTexts.PageLink, printable is null ? null : address(printable)), (CardTexts.ProtocolLink, sheet));
        }

        if (screened is { Request: { } request, Decision: { } decision })
        {
            output.Raw(",\"extension\":{"u8);
            output.Text(Canonicals.Decision);
            output.Raw(":"u8);
            DecisionWriter.Write(output, id, request, decision, language);
            output.Raw(","u8);
            output.Text(Canonicals.Record);
            output.Raw(":"u8);
            CardRecord.Write(output, decision);
            output.Raw("}"u8);
        }

        output.Raw("}"u8);
    }

    /// <summary>The card's id, which is returned, its one sentence and how urgent it is.</summary>
    private static Guid WriteHead(Utf8Output output, HookScreenings screenings, ScreenedAppointment screened, DecisionFacts? facts, string summary)
    {
        var id = CardId.Of(screenings.Request.Instance, screenings.Service.Id, screened, facts);
        output.Raw("{\"uuid\":"u8);
        output.Id(id);
        output.Raw(",\"summary\":"u8);
        output.Text(summary);
        output.Raw(",\"indicator\":"u8);
        output.Text(CardSummary.Indicator(screened.Decision));
        return id;
    }

    private static void WriteSource(Utf8Output output, Protocol protocol, Language language, string? sheet)
    {
        output.Raw(",\"source\":{\"label\":"u8);
        output.Text(protocol.Document.Title.In(language) + " " + protocol.Document.Version);
        Member(output, ",\"url\":"u8, sheet);
        output.Raw(",\"topic\":"u8);
        Coding(output, Canonicals.Protocols, protocol.Id, protocol.Document.Title.In(language));
        output.Raw("}"u8);
    }

    /// <summary>The path of the decision's page; where the entries of the record are too many for an address, with fewer of them named.</summary>
    private static string? Page(HookScreenings screenings, ScreenedAppointment screened, Guid id, DecisionFacts facts, Language language, Func<LinkedDecision, string?> page) =>
        MostEntries.Select(most => page(LinkedDecision.Of(id, screened.Request!, facts, language, CardNotes.ForPage(screenings, screened, screened.Decision!, language, most))))
            .FirstOrDefault(path => path is not null);

    private static void WriteOverrideReasons(Utf8Output output, Protocol protocol, Language language)
    {
        if (protocol.Document.OverrideReasons is not { } reasons)
        {
            return;
        }

        output.Raw(",\"overrideReasons\":["u8);
        for (var i = 0; i < reasons.Count; i++)
        {
            output.Raw(i == 0 ? ""u8 : ","u8);
            Coding(output, Canonicals.OverrideReasons(protocol.Id), reasons[i].Code, reasons[i].Text.In(language));
        }

        output.Raw("]"u8);
    }

    private static void WriteLinks(Utf8Output output, Language language, params ReadOnlySpan<(LocalizedText Label, string? Address)> links)
    {
        var next = false;
        foreach (var (label, address) in links)
        {
            if (address is null)
            {
                continue;
            }

            output.Raw(next ? ",{\"label\":"u8 : ",\"links\":[{\"label\":"u8);
            output.Text(label.In(language));
            Member(output, ",\"url\":"u8, address);
            output.Raw(",\"type\":\"absolute\"}"u8);
            next = true;
        }

        output.Raw(next ? "]"u8 : ""u8);
    }

    private static void Coding(Utf8Output output, string system, string code, string display)
    {
        output.Raw("{\"system\":"u8);
        output.Text(system);
        output.Raw(",\"code\":"u8);
        output.Text(code);
        output.Raw(",\"display\":"u8);
        output.Text(display);
        output.Raw("}"u8);
    }

    private static void Member(Utf8Output output, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            output.Raw(name);
            output.Text(value);
        }
    }
}
