using ChainWatch.Bitcoin.Proofs;
using ChainWatch.Bundling;
using ChainWatch.Console.Printing;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Bundles;

/// <summary>Checks the proofs of a bundle: every transaction of Bitcoin on a path, from its bytes to the block hashes of the report.</summary>
internal static class ProofCheck
{
    private const int HeadersBytesMax = 1 << 30;

    /// <returns>What was found to hold.</returns>
    /// <exception cref="ChainWatchException">A proof is missing, or does not prove what the report says.</exception>
    public static string Run(EvidenceBundle bundle, BundleAnswer answer)
    {
        IReadOnlyDictionary<ChainPosition, PathStep[]> steps = ProofFiles.StepsOf(answer.Result);
        if (steps.Count == 0)
        {
            return "proofs: none: no transaction of Bitcoin is on a path";
        }

        if (!ProofFiles.AreMadeOf(answer.Question.Source))
        {
            return answer.Question.Source == BundleSource.Esplora
                ? "proofs: none of their own: taking the transfers from the answers again checked ids, headers and merkle roots"
                : $"proofs: none: {Words.Count(steps.Count, "transaction")} of Bitcoin on the paths, and no raw blocks were at hand";
        }

        Dictionary<ReadWindow, HeaderChain> chains = ProofFiles.WindowsOf(answer.Result, steps.Keys).ToDictionary(w => w.Window, w => Headers(bundle, w.Window, w.First));
        foreach ((ChainPosition place, PathStep[] at) in steps)
        {
            string name = ProofFiles.NameOf(place);
            TransactionProof proof = ProofJson.Read(Read(bundle, name), $"{bundle.Name}: {name}");
            Check(bundle, name, proof.Verify);
            if (proof.Height != place.Block || proof.Index != place.Index || at.Any(s => s.Tx != proof.Id))
            {
                throw ChainWatchException.At(bundle.Name, 0, name, $"is the proof of transaction {proof.Id} at {proof.Height}/{proof.Index}; the report has {at[0].Tx} at {place}");
            }

            HeaderChain? headers = chains.Values.FirstOrDefault(c => c.Has(place.Block));
            if (headers is null || !headers[place.Block].Span.SequenceEqual(proof.Header.Span))
            {
                throw ChainWatchException.At(bundle.Name, 0, name, $"its block {proof.BlockHash} is not the one of height {place.Block} in the chain of headers");
            }

            if (at.FirstOrDefault(s => !Pays(proof, s)) is PathStep step)
            {
                throw ChainWatchException.At(bundle.Name, 0, name, $"the transaction does not pay {step.To} what the report says ({step.Value})");
            }
        }

        return $"proofs: {Words.Count(steps.Count, "transaction")} on the paths: from the bytes by the merkle branch to the header, and by headers to the block hashes of the report";
    }

    /// <summary>The files with the proofs that the answer needs.</summary>
    public static IReadOnlySet<string> NamesOf(BundleAnswer answer)
    {
        ChainPosition[] places = ProofFiles.AreMadeOf(answer.Question.Source) ? [.. ProofFiles.StepsOf(answer.Result).Keys] : [];
        return places.Select(ProofFiles.NameOf).Concat(ProofFiles.WindowsOf(answer.Result, places).Select(w => ProofFiles.NameOf(w.Window))).ToHashSet(StringComparer.Ordinal);
    }

    // By address a step's value is all that the payee got in the transaction; by coin it is that of one output.
    private static bool Pays(TransactionProof proof, PathStep step)
    {
        if (step.OutPoint is OutPoint coin)
        {
            return coin.Tx == proof.Id && proof.PaidTo(step.To, coin.Index) is ulong own && step.Value == Amount.From(own);
        }

        (ulong value, int outputs) = proof.PaidTo(step.To);
        return outputs > 0 && step.Value == Amount.From(value);
    }

    private static HeaderChain Headers(EvidenceBundle bundle, ReadWindow window, long first)
    {
        string name = ProofFiles.NameOf(window);
        HeaderChain headers = new(first, Read(bundle, name));
        Check(bundle, name, headers.Verify);
        return headers.Count == window.Last - first + 1 && headers.LastHash == window.LastHash && (first != window.First || headers.ParentHash == window.ParentHash)
            ? headers
            : throw ChainWatchException.At(bundle.Name, 0, name, $"its {headers.Count} headers lead to block {headers.LastHash}; the report has {window.Last - first + 1} blocks up to {window.LastHash}");
    }

    private static byte[] Read(EvidenceBundle bundle, string name) => bundle.Has(name)
        ? bundle.ReadFile(name, HeadersBytesMax)
        : throw ChainWatchException.At(bundle.Name, 0, name, "is missing: a transaction on a path of the report has no proof");

    private static void Check(EvidenceBundle bundle, string name, Action verify)
    {
        try
        {
            verify();
        }
        catch (ChainWatchException e)
        {
            throw new ChainWatchException($"{bundle.Name}: {name}: {e.Message}", e);
        }
    }
}
