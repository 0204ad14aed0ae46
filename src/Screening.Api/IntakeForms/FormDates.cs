using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>The other dates of a form, screened as the slots of its request, each by itself.</summary>
/// <param name="Numbers">The numbers of those that were screened, from 1.</param>
/// <param name="Decision">The decision with their statuses; null when there are none.</param>
/// <param name="Errors">What is wrong with the others.</param>
internal sealed record FormDates(IReadOnlyList<int> Numbers, Decision? Decision, IReadOnlyList<FormError> Errors)
{
    /// <summary>
    /// The form with a first date, where it has none yet and only dates prevent the appointment: the first possible one, at the same time
    /// of day. Null where there is nothing to propose.
    /// </summary>
    public static SentForm? Proposed(FormReading reading, SentForm form) =>
        reading.Decision is { Eligibility: Eligibility.Deferred, EarliestDate: { } earliest, Appointment.Start: not null }
            && !form.Names.Any(FormNames.IsOfSlot)
            ? form.With(
                _ => false,
                (FormNames.SlotDate(1), LocalDatePattern.Iso.Format(earliest.ToLocalDate())),
                (FormNames.SlotTime(1), form.Text(FormNames.Time)))
            : null;

    /// <summary>Screens the dates of a form whose answers have no error.</summary>
    public static FormDates Of(FormReading reading, FormContent content, ScreeningRequestReader reader, Instant now)
    {
        var slots = reading.Translation.Slots;
        List<FormError> errors = [.. reading.Errors];
        if (slots.Count == 0)
        {
            // Nothing was sent where the page was not seen yet.
            if (errors.Count == 0 && content.Form.Names.Any(FormNames.IsOfSlot))
            {
                errors.Add(new(FormNames.SlotBlock(1), IsShape: false, FormTexts.Of("intake.dateNeeded")));
            }

            return new FormDates([], null, errors);
        }

        var asked = reading.Translation.Request.DeepClone().AsObject();
        asked["slots"] = new JsonArray([.. slots.Select(slot => JsonValue.Create(slot.Time))]);
        if (reader.Read(FormReading.Bytes(asked), now, new InputErrors(), new ReadingOptions { EachSlot = true }) is not { } request)
        {
            return new FormDates([], null, errors);
        }

        foreach (var refused in request.RefusedSlots)
        {
            var block = FormNames.SlotBlock(slots[refused.Position].Number);
            if (!errors.Exists(error => error.Block == block))
            {
                errors.Add(new(block, IsShape: false, FormTexts.Of(refused.Error, content.Protocol)));
            }
        }

        var refusedAt = request.RefusedSlots.Select(refused => refused.Position).ToHashSet();
        int[] numbers = [.. slots.Where((_, position) => !refusedAt.Contains(position)).Select(slot => slot.Number)];
        return new FormDates(numbers, Screener.Screen(request.Intake, request.Appointment, request.Today), errors);
    }
}
