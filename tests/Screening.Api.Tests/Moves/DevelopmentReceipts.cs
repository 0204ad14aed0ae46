using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Tests.Moves;

/// <summary>Receipts as a developer's service signs them.</summary>
internal static class DevelopmentReceipts
{
    /// <summary>Signs a decision by a key as by one that was made at the start of a developer's service.</summary>
    public static string Sign(ServiceFixture service, string pem, JsonObject request)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var read = service.Services.GetRequiredService<ScreeningRequestReader>()
            .Read(Encoding.UTF8.GetBytes(request.ToJsonString()), ServiceFixture.Now, new InputErrors())!;
        return ReceiptWriter.Write(
            SigningKey.Of(key, KeyState.Development)!,
            new ReceiptOccasion("http://localhost", DecisionId.New(ServiceFixture.Now), ServiceFixture.Now, "screenings"),
            read,
            Screener.Screen(read.Intake, read.Appointment, read.Today));
    }
}
