namespace Screening.Api.OpenApi;

/// <summary>The forms of texts that JSON Schema has no format for, as regular expressions that every code generator understands.</summary>
public static class TextForms
{
    /// <summary>A date-time, local or with an offset.</summary>
    public const string DateTime = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$";

    /// <summary>As much of a date as the person knows, or that they cannot say.</summary>
    public const string PartialDateOrUnknown = @"^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$";
}
