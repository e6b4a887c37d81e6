using ChainWatch.Watching;

namespace ChainWatch.Hosting;

/// <summary>
/// What is watched for, as files say it. While a watch runs they are looked at again; what was written, and then left alone for
/// one interval, is read anew. A file that is not as it must be leaves in force what was read before.
/// </summary>
/// <remarks>Rules and wallets are read apart: other wallets alone are no other question, and cost no new trace.</remarks>
public sealed class WatchInputs
{
    private readonly WatchedFiles<WatchRequest> _rules;
    private readonly WatchedFiles<IReadOnlyCollection<Address>> _wallets;

    /// <summary>Inputs; nothing is read yet.</summary>
    /// <param name="rules">Reads lists, stops and rules; the wallets in it do not count.</param>
    /// <param name="ruleFiles">The files that it reads, by now.</param>
    /// <param name="wallets">Reads the wallets.</param>
    /// <param name="walletFiles">The files that it reads, by now.</param>
    public WatchInputs(Func<WatchRequest> rules, Func<IEnumerable<string>> ruleFiles, Func<IReadOnlyCollection<Address>> wallets, Func<IEnumerable<string>> walletFiles) =>
        (_rules, _wallets) = (new WatchedFiles<WatchRequest>(rules, ruleFiles), new WatchedFiles<IReadOnlyCollection<Address>>(wallets, walletFiles));

    /// <summary>The wallets, as read last; read now where they were not yet.</summary>
    /// <exception cref="ChainWatchException">A file is not as it must be.</exception>
    public IReadOnlyCollection<Address> Wallets => _wallets.Value;

    /// <summary>What is wrong with what was written while the watch runs, each in one line.</summary>
    internal IEnumerable<string> Problems => new[] { _rules.Problem, _wallets.Problem }.OfType<string>();

    /// <summary>Reads what was not read yet.</summary>
    /// <exception cref="ChainWatchException">A file is not as it must be.</exception>
    public WatchRequest Read() => On(_rules.Value, _wallets.Value);

    /// <summary>Reads what changed, and has come to rest.</summary>
    /// <returns>Null where nothing did, or what did is not as it must be.</returns>
    internal WatchRequest? ReadAnew()
    {
        bool areRulesNew = _rules.ReadAnew();
        bool areWalletsNew = _wallets.ReadAnew();
        return areRulesNew || areWalletsNew ? On(_rules.Value, _wallets.Value) : null;
    }

    private static WatchRequest On(WatchRequest rules, IReadOnlyCollection<Address> wallets) => rules with { Trace = rules.Trace with { To = [.. wallets] } };
}
