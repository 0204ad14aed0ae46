namespace Screening.Api.Contract;

/// <summary>The fields of an intake form, as its page sends them.</summary>
public sealed class IntakeFormRequest;
