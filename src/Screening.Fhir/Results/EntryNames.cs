using System.Text;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// Names the entries of a response so that they can refer to each other. The same request gives the same names: each is derived from the
/// screened data.
/// </summary>
internal sealed class EntryNames(ReadOnlyMemory<byte> seed)
{
    /// <summary>The entry's <c>fullUrl</c>.</summary>
    /// <param name="kind">The type of its resource.</param>
    /// <param name="id">Distinguishes it from others of the type.</param>
    public string Of(string kind, string id) =>
        "urn:uuid:" + DerivedId.Of(seed, Encoding.UTF8.GetBytes("\n" + kind + "/" + id)).ToString("D");
}
