using Nethereum.Contracts;
using Nethereum.RPC.Eth.DTOs;
using Erc20 = Nethereum.Contracts.Standards.ERC20.ContractDefinition;
using Erc721 = Nethereum.Contracts.Standards.ERC721.ContractDefinition;

namespace ChainWatch.Nethereum.Tests.CrossCheck;

/// <summary>What Nethereum says an event moved, in the words of our own side's lines.</summary>
internal static class NethereumEvents
{
    /// <summary><c>erc20 FROM TO VALUE</c>, <c>erc721 FROM TO ID</c>, <c>erc20 unread</c> where it throws, or <c>-</c>.</summary>
    public static string Line(FilterLog log, string weth)
    {
        try
        {
            if (log.IsLogForEvent<Erc20.TransferEventDTO>())
            {
                Erc20.TransferEventDTO e = log.DecodeEvent<Erc20.TransferEventDTO>().Event;
                return $"erc20 {Lower(e.From)} {Lower(e.To)} {e.Value}";
            }

            if (log.IsLogForEvent<Erc721.TransferEventDTO>())
            {
                Erc721.TransferEventDTO e = log.DecodeEvent<Erc721.TransferEventDTO>().Event;
                return $"erc721 {Lower(e.From)} {Lower(e.To)} {e.TokenId}";
            }

            if (Lower(log.Address) == weth && log.IsLogForEvent<DepositEvent>())
            {
                DepositEvent e = log.DecodeEvent<DepositEvent>().Event;
                return $"erc20 {weth} {Lower(e.Holder)} {e.Value}";
            }

            if (Lower(log.Address) == weth && log.IsLogForEvent<WithdrawalEvent>())
            {
                WithdrawalEvent e = log.DecodeEvent<WithdrawalEvent>().Event;
                return $"erc20 {Lower(e.Holder)} {weth} {e.Value}";
            }

            return "-";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return "unread";
        }
    }

    public static string Lower(string address) => address.ToLowerInvariant();
}
