namespace Screening.Benchmarks.Peers;

/// <summary>The questions' positions in the protocol, the treated areas last.</summary>
internal static class Questions
{
    public const byte Pregnancy = 0;
    public const byte Breastfeeding = 1;
    public const byte ImmuneImpairment = 2;
    public const byte SkinAllergy = 3;
    public const byte MetalAllergy = 4;
    public const byte BleedingOrVascularDisorder = 5;
    public const byte SkinCancer = 6;
    public const byte AnticoagulantUse = 7;
    public const byte ElectronicImplants = 8;
    public const byte MetalPlates = 9;
    public const byte SkinConditions = 10;
    public const byte TopicalRetinoidUse = 11;
    public const byte TopicalRetinoidLastUsed = 12;
    public const byte IsotretinoinUse = 13;
    public const byte IsotretinoinLastTaken = 14;
    public const byte HerpesSimplexHistory = 15;
    public const byte AntiviralStart = 16;
    public const byte AntiviralEnd = 17;
    public const byte Injections = 18;
    public const byte SkincareKit = 19;
    public const byte TreatmentAreas = 20;
    public const int Count = 21;
}
