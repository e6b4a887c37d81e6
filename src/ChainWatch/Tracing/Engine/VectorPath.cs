using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Tracing.Engine;

/// <summary>The ways in which the kernels can run. All give the same answers.</summary>
internal enum VectorPath
{
    /// <summary>One transfer after the other, on any processor.</summary>
    Portable,

    /// <summary>Sixteen transfers at a time, with AVX2.</summary>
    Avx2,

    /// <summary>Sixteen transfers at a time, with AVX-512 (F, BW, DQ, VL).</summary>
    Avx512,
}

/// <summary>Which ways the processor has.</summary>
internal static class VectorPaths
{
    /// <summary>The fastest. <c>DOTNET_EnableAVX512=0</c> and <c>DOTNET_EnableAVX2=0</c> are heeded.</summary>
    public static VectorPath Best =>
        IsSupported(VectorPath.Avx512) ? VectorPath.Avx512 : IsSupported(VectorPath.Avx2) ? VectorPath.Avx2 : VectorPath.Portable;

    public static bool IsSupported(VectorPath path) => path switch
    {
        VectorPath.Avx512 => Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported,
        VectorPath.Avx2 => Avx2.IsSupported,
        _ => true,
    };

    /// <exception cref="PlatformNotSupportedException">The processor has not got it.</exception>
    public static VectorPath Checked(VectorPath path) =>
        IsSupported(path) ? path : throw new PlatformNotSupportedException($"this processor cannot run the {path} path");
}
