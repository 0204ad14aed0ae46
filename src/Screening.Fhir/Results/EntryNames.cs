using System.Text;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// Names the entries of an answer so that they can refer to each other. The same request names them alike each time: a name is an id of what
/// was screened.
/// </summary>
internal sealed class EntryNames(ReadOnlyMemory<byte> seed)
{
    /// <summary>The entry's <c>fullUrl</c>.</summary>
    /// <param name="kind">The type of its resource.</param>
    /// <param name="id">What tells it from others of the type.</param>
    public string Of(string kind, string id) =>
        "urn:uuid:" + DerivedId.Of(seed, Encoding.UTF8.GetBytes("\n" + kind + "/" + id)).ToString("D");
}
