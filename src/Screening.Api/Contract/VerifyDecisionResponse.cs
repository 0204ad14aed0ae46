using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>Whether a receipt is genuine, and whether the decision comes out again.</summary>
public sealed class VerifyDecisionResponse
{
    /// <summary>True when this service signed the receipt, with a key that is not revoked, and nothing of it was changed.</summary>
    public required bool Genuine { get; init; }

    /// <summary>Why it is not genuine; absent for a genuine one.</summary>
    public ReceiptFlaw? Flaw { get; init; }

    /// <summary>The key that it names.</summary>
    public required ReceiptKey Key { get; init; }

    /// <summary>What names the receipt, in base64url: compare this, never receipts. Absent where its form is not that of a receipt.</summary>
    public string? Leaf { get; init; }

    /// <summary>Whether the request is proven to be the one that was decided on.</summary>
    public required RequestBinding Bound { get; init; }

    /// <summary>What comes out when the request is decided again.</summary>
    public required DecisionReplay Replay { get; init; }
}

/// <summary>The key that a receipt names.</summary>
public sealed class ReceiptKey
{
    /// <summary>What it is good for.</summary>
    public required KeyState State { get; init; }

    /// <summary>Its name in `/.well-known/jwks.json`; absent for an unknown one.</summary>
    public string? Kid { get; init; }

    /// <summary>When it was revoked, and why; absent for a good one.</summary>
    public KeyRevocation? Revoked { get; init; }
}

/// <summary>The same decision made again.</summary>
public sealed class DecisionReplay
{
    /// <summary>How it compares.</summary>
    public required ReplayResult Result { get; init; }

    /// <summary>Why it cannot be told; absent unless it cannot.</summary>
    public ReplayObstacle? Why { get; init; }

    /// <summary>JSON pointers to what is different, into the decision's codes and dates; `/protocol` alone where the request that was sent means another version than the receipt's, which has lost its own. Absent when nothing is.</summary>
    public IReadOnlyList<string>? Differences { get; init; }
}

/// <summary>Why a receipt is not genuine.</summary>
[JsonConverter(typeof(ExactEnumConverter<ReceiptFlaw>))]
public enum ReceiptFlaw
{
    /// <summary>It has not the form of a receipt: three parts and a signature, each part after it ended by a `~`, and nothing else.</summary>
    Malformed,

    /// <summary>It is signed text of another kind, or with another algorithm.</summary>
    OtherKind,

    /// <summary>It names a key that is not this service's.</summary>
    UnknownKey,

    /// <summary>The signature is not that of what is signed.</summary>
    BadSignature,

    /// <summary>Its key was revoked.</summary>
    KeyRevoked,

    /// <summary>A disclosure is not one of this receipt, or was changed.</summary>
    ForeignDisclosure,

    /// <summary>A disclosure is there twice.</summary>
    RepeatedDisclosure,
}

/// <summary>Whether a request is the one that was decided on.</summary>
[JsonConverter(typeof(ExactEnumConverter<RequestBinding>))]
public enum RequestBinding
{
    /// <summary>The receipt is not genuine or has lost its request: no request can be proven to be the one.</summary>
    NotProvable,

    /// <summary>The request that was sent is another than the receipt's.</summary>
    No,

    /// <summary>The receipt has its request, and the one that was sent says the same.</summary>
    Yes,
}

/// <summary>How a decision compares with the same made again.</summary>
[JsonConverter(typeof(ExactEnumConverter<ReplayResult>))]
public enum ReplayResult
{
    /// <summary>It cannot be told.</summary>
    Unavailable,

    /// <summary>Something is different.</summary>
    Differs,

    /// <summary>All codes and dates, and their order, are the same.</summary>
    Identical,
}

/// <summary>Why it cannot be told whether a decision comes out again.</summary>
[JsonConverter(typeof(ExactEnumConverter<ReplayObstacle>))]
public enum ReplayObstacle
{
    /// <summary>The receipt is not genuine.</summary>
    NotGenuine,

    /// <summary>The receipt has lost its request, and none was sent.</summary>
    NoRequest,

    /// <summary>This service has not exactly that version of the protocol.</summary>
    VersionNotHere,

    /// <summary>It differs, and the rules of time zones changed since, which may be why.</summary>
    TimeZonesChanged,

    /// <summary>The request cannot be decided here, by that version or with the present rules of time zones.</summary>
    NotScreenable,
}
