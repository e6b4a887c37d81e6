namespace ChainWatch.Tracing.Engine;

/// <summary>A part of a kernel that is there or not. As a type argument it costs nothing where it is off.</summary>
internal interface ISwitch
{
    static abstract bool IsOn { get; }
}

internal readonly struct On : ISwitch
{
    public static bool IsOn => true;
}

internal readonly struct Off : ISwitch
{
    public static bool IsOn => false;
}
