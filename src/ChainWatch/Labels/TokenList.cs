using ChainWatch.Lists;

namespace ChainWatch.Labels;

/// <summary>The tokens that are recognised, by contract. A token that is not on it is not followed unless asked.</summary>
public sealed class TokenList
{
    private readonly Dictionary<Address, Token> _byContract;

    /// <summary>A list of tokens.</summary>
    /// <exception cref="ChainWatchException">A contract stands on it twice.</exception>
    public TokenList(string name, IReadOnlyList<Token> tokens, ListManifest? manifest = null)
    {
        Name = name;
        Tokens = tokens;
        Manifest = manifest;
        _byContract = new Dictionary<Address, Token>(tokens.Count);
        foreach (Token token in tokens)
        {
            if (!_byContract.TryAdd(token.Contract, token))
            {
                throw new ChainWatchException($"token list '{name}': contract {token.Contract} stands on it twice");
            }
        }
    }

    /// <summary>No token at all: only coins are recognised.</summary>
    public static TokenList Empty { get; } = new("none", []);

    /// <summary>The list's name, or the file's.</summary>
    public string Name { get; }

    /// <summary>The tokens.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>The manifest; null for a user's own file.</summary>
    public ListManifest? Manifest { get; }

    /// <summary>The token of an asset; null for coins and for tokens that are not on the list.</summary>
    public Token? Find(Asset asset) => asset.Contract is Address contract ? _byContract.GetValueOrDefault(contract) : null;

    /// <summary>True for a chain's own coin and for tokens on the list.</summary>
    public bool Recognises(Asset asset) => asset.IsNative || Find(asset) is not null;
}
