using System.Numerics;
using Nethereum.ABI.FunctionEncoding.Attributes;

namespace ChainWatch.Nethereum.Tests.CrossCheck;

/// <summary>WETH's <c>Deposit(address indexed dst, uint256 wad)</c>, as a user of Nethereum declares it.</summary>
[Event("Deposit")]
public sealed class DepositEvent : IEventDTO
{
    [Parameter("address", "dst", 1, true)]
    public string Holder { get; set; } = "";

    [Parameter("uint256", "wad", 2, false)]
    public BigInteger Value { get; set; }
}

/// <summary>WETH's <c>Withdrawal(address indexed src, uint256 wad)</c>.</summary>
[Event("Withdrawal")]
public sealed class WithdrawalEvent : IEventDTO
{
    [Parameter("address", "src", 1, true)]
    public string Holder { get; set; } = "";

    [Parameter("uint256", "wad", 2, false)]
    public BigInteger Value { get; set; }
}
