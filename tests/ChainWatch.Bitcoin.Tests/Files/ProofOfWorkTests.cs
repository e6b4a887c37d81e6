using System.Numerics;
using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Tests.Files;

public class ProofOfWorkTests
{
    [Theory]
    [InlineData(0x1d00ffffu, 4_295_032_833UL)]
    [InlineData(0x207fffffu, 2UL)]
    [InlineData(0x1b0404cbu, 70_040_908_352_512UL)]
    public void Work_OfRealTargets(uint bits, ulong work) => ((ulong)ProofOfWork.Work(bits)).ShouldBe(work);

    [Theory]
    [InlineData(0u)]
    [InlineData(0x1d800001u)]
    [InlineData(0xff00ffffu)]
    [InlineData(0x01003456u)]
    public void Target_OfNone_IsZero(uint bits) => ProofOfWork.Target(bits).ShouldBe(BigInteger.Zero);

    [Fact]
    public void Work_OfTheHardestTarget_LeavesRoomForASum() => ProofOfWork.Work(0x03000001).ShouldBe(UInt128.One << 95);
}
