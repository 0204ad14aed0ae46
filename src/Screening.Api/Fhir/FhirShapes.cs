namespace Screening.Api.Fhir;

// Placeholders for FHIR's own schemas in the OpenAPI document, which has examples of each.

/// <summary>A FHIR R4 CapabilityStatement.</summary>
internal sealed class FhirCapabilityStatement;

/// <summary>A FHIR R4 Questionnaire.</summary>
internal sealed class FhirQuestionnaire;

/// <summary>A FHIR R4 OperationDefinition.</summary>
internal sealed class FhirOperationDefinition;

/// <summary>A FHIR R4 Parameters resource.</summary>
internal sealed class FhirParameters;

/// <summary>A FHIR R4 Parameters resource for <c>$populate</c>.</summary>
internal sealed class FhirPopulateParameters;

/// <summary>A FHIR R4 Parameters resource with a form that was filled in.</summary>
internal sealed class FhirPopulatedForm;

/// <summary>A FHIR R4 Bundle.</summary>
internal sealed class FhirBundle;

/// <summary>A FHIR R4 Bundle of forms that were found.</summary>
internal sealed class FhirSearchBundle;

/// <summary>A FHIR R4 OperationOutcome.</summary>
internal sealed class FhirOutcome;
