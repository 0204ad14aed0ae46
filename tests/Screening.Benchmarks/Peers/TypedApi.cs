using Microsoft.AspNetCore.Http.HttpResults;

namespace Screening.Benchmarks.Peers;

/// <summary>
/// The hand-written path as a typed minimal API: generated binding, generated JSON, no logging, the slim builder, no further middleware.
/// </summary>
public static class TypedApi
{
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, TypedJson.Default));
        var app = builder.Build();
        app.MapPost("/v1/screenings", Results<Ok<TypedDecision>, UnprocessableEntity> (TypedRequest request) =>
            TypedScreening.Screen(request, DateTimeOffset.UtcNow) is { } decision ? TypedResults.Ok(decision) : TypedResults.UnprocessableEntity());
        return app;
    }
}
