namespace Screening.Rules.Tests.Support;

/// <summary>A second protocol, made up so that every kind of condition, question and dependency is there. It has no medical meaning.</summary>
public static class MadeUp
{
    public static Protocol Protocol { get; } = Shipped.Load("made-up-lamp.json", Shipped.Resource(typeof(MadeUp), "made-up-lamp.json"));
}
