namespace Screening.Benchmarks.Peers;

/// <summary>The smallest minimal API: how soon anything on this framework can answer.</summary>
public static class Bare
{
    public static WebApplication Create(string[] args)
    {
        var app = WebApplication.CreateSlimBuilder(args).Build();
        app.MapPost("/v1/screenings", () => "decided");
        return app;
    }
}
