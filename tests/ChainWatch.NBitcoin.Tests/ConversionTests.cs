using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Tests;
using ChainWatch.Bitcoin.Tests.CrossCheck;
using NBitcoin;

namespace ChainWatch.NBitcoin.Tests;

public class ConversionTests
{
    private static readonly DateTimeOffset Time = new(2017, 8, 31, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Networks_AreChains_ByTheirFirstBlock()
    {
        foreach (Chain chain in CrossScripts.Chains)
        {
            Network network = chain.ToNetwork();
            network.ToChain().ShouldBe(chain);
            chain.Id.ShouldBe($"bip122:{network.GetGenesis().GetHash().ToString()[..32]}");
        }
    }

    [Fact]
    public void OtherNetworksAndChains_AreRefused_InOneLine()
    {
        Should.Throw<ChainWatchException>(() => Chain.Ethereum.ToNetwork()).Message.ShouldBe("NBitcoin has no network for the chain 'ethereum'; expected Bitcoin's main network, testnet, testnet4, signet or regtest");
        Should.Throw<ChainWatchException>(() => Chain.Parse("litecoin").ToNetwork()).Message.ShouldContain("'litecoin'");

        // A signet of somebody's own has the same first block as the default one.
        Network other = global::NBitcoin.Bitcoin.Instance.GetNetwork(new ChainName("Mutinynet"));
        Should.Throw<ChainWatchException>(() => other.ToChain()).Message.ShouldBe($"the network {other.Name} of BTC is no chain of Bitcoin that is known; expected Bitcoin's main network, testnet, testnet4, signet or regtest");
    }

    [Fact]
    public void Addresses_GoThereAndBack()
    {
        int there = 0, laterVersions = 0;
        foreach ((Chain chain, byte[] script) in CrossScripts.All())
        {
            Address? address = Script.FromBytesUnsafe(script).FindAddress(chain);
            address.HasValue.ShouldBe(OutputScript.TryGetAddress(chain, script, out ScriptKind kind, out Address expected));
            if (address is not Address found)
            {
                continue;
            }

            found.ShouldBe(expected);
            if (kind == ScriptKind.WitnessProgram)
            {
                Should.Throw<ChainWatchException>(() => found.ToBitcoinAddress()).Message.ShouldBe($"'{found}' is a witness program that NBitcoin has no address for; expected P2PKH, P2SH, P2WPKH, P2WSH or P2TR");
                laterVersions++;
            }
            else if (kind != ScriptKind.P2Tr)
            {
                BitcoinAddress theirs = found.ToBitcoinAddress();
                theirs.ToAddress().ShouldBe(found);
                (kind == ScriptKind.P2Pk || theirs.ScriptPubKey.ToBytes(true).SequenceEqual(script)).ShouldBeTrue();
                there++;
            }
        }

        there.ShouldBeGreaterThan(3000);
        laterVersions.ShouldBeGreaterThan(400);
    }

    [Fact]
    public void ATaprootAddress_WhoseKeyIsNoPoint_IsRefusedInOneLine()
    {
        Address point = Address.Parse("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0");
        point.ToBitcoinAddress().ToAddress().ShouldBe(point);
        byte[] five = new byte[32];
        five[^1] = 5;
        Address none = Address.FromPayload(Chain.Bitcoin, AddressKind.P2Tr, five);
        Should.Throw<ChainWatchException>(() => none.ToBitcoinAddress()).Message.ShouldBe($"'{none}' is no address for NBitcoin: its taproot key is no point of the curve");
    }

    [Fact]
    public void AScript_OfAnotherChain_IsRefused() =>
        Should.Throw<ChainWatchException>(() => new Script().FindAddress(Chain.Ethereum)).Message.ShouldContain("'ethereum'");

    [SkippableFact]
    public void RealTransactions_AreMovements_WithNBitcoinsFigures()
    {
        Block block = Block.Load(RealBlocks.Read("block482683.raw"), Network.Main);
        int inputs = 0;
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            Transaction transaction = block.Transactions[i];
            Movement movement = transaction.ToMovement(new ChainPosition(Chain.Bitcoin, 482_683, i), Time);
            movement.Tx.ShouldBe(transaction.GetHash().ToTxId());
            movement.Tx!.Value.ToUInt256().ShouldBe(transaction.GetHash());
            movement.Outputs.Select(o => (o.Owner?.ToString(), o.Value)).ShouldBe(transaction.Outputs.Select(o => (o.ScriptPubKey.GetDestinationAddress(Network.Main)?.ToString(), Amount.From((ulong)o.Value.Satoshi))));
            movement.Inputs.Select(n => (n.OutPoint!.Value.Tx.ToUInt256(), (uint)n.OutPoint.Value.Index)).ShouldBe(transaction.IsCoinBase ? [] : transaction.Inputs.Select(n => (n.PrevOut.Hash, n.PrevOut.N)));
            movement.Inputs.ShouldAllBe(n => n.IsUnknown);
            inputs += movement.Inputs.Count;
        }

        inputs.ShouldBe(51);
    }

    [Fact]
    public void WhatInputsSpend_CanBeTold()
    {
        Script paid = BitcoinAddress.Create("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Network.Main).ScriptPubKey;
        Transaction transaction = Network.Main.CreateTransaction();
        transaction.Inputs.Add(new global::NBitcoin.OutPoint(uint256.One, 7));
        transaction.Inputs.Add(new global::NBitcoin.OutPoint(uint256.One, 8));
        transaction.Inputs.Add(new global::NBitcoin.OutPoint(uint256.One, 9));
        transaction.Outputs.Add(Money.Satoshis(5), paid);
        ChainPosition position = new(Chain.Bitcoin, 1, 1);
        Movement movement = transaction.ToMovement(position, Time, [new TxOut(Money.Satoshis(7), paid), null, new TxOut(Money.Satoshis(1), new Script(OpcodeType.OP_RETURN))]);

        Address owner = Address.Parse("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        TxId one = TxId.Parse("0000000000000000000000000000000000000000000000000000000000000001");
        movement.Inputs.ShouldBe(
        [
            new MovementInput(owner, Amount.From(7), new OutPoint(one, 7)),
            new MovementInput(null, Amount.Zero, new OutPoint(one, 8)),
            new MovementInput(null, Amount.From(1), new OutPoint(one, 9), IsWithoutAddress: true),
        ]);
        movement.Outputs.ShouldBe([new MovementOutput(owner, Amount.From(5), new OutPoint(transaction.GetHash().ToTxId(), 0))]);
        Should.Throw<ArgumentException>(() => transaction.ToMovement(position, Time, [null])).Message.ShouldStartWith("1 spent outputs for 3 inputs; expected one for each, or none");
        Should.Throw<ChainWatchException>(() => transaction.ToMovement(new ChainPosition(Chain.Ethereum, 1, 1), Time));
        Should.Throw<ChainWatchException>(() => Network.Main.CreateTransaction().ToMovement(position, Time));
        Should.Throw<ChainWatchException>(() => transaction.ToMovement(position, Time, [new TxOut(Money.Coins(21_000_001), paid), null, null])).Message.ShouldContain("more than the 21 million coins");
        Should.Throw<ChainWatchException>(() => transaction.ToMovement(position, Time, [new TxOut(Money.Satoshis(-7), paid), null, null])).Message.ShouldBe("an input spends -7 satoshi; expected zero or more");
        transaction.Outputs[0].Value = Money.Satoshis(-7);
        Should.Throw<ChainWatchException>(() => transaction.ToMovement(position, Time)).Message.ShouldNotContain('\n');
    }
}
