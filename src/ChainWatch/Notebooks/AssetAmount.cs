using System.Globalization;
using System.Numerics;
using ChainWatch.Labels;
using ChainWatch.Reporting;

namespace ChainWatch.Notebooks;

/// <summary>
/// An exact sum of one asset that prints for people: <c>401,346.77 ETH</c>. Symbols and decimals come from the chain or from
/// the token list; of a token that is not on it base units are printed, with its contract.
/// </summary>
public readonly struct AssetAmount : IEquatable<AssetAmount>, IComparable<AssetAmount>
{
    private const int PlacesMax = 30;
    private readonly int? _places;
    private readonly string? _name;

    private AssetAmount(Asset asset, BigInteger units, string name, int? decimals, int? places) =>
        (Asset, Units, _name, Decimals, _places) = (asset, units, name, decimals, places);

    /// <summary>The asset.</summary>
    public Asset Asset { get; }

    /// <summary>The sum in base units; may leave 256 bits and be negative (a difference).</summary>
    public BigInteger Units { get; }

    /// <summary>Digits after the point of one whole coin; null where not known.</summary>
    public int? Decimals { get; }

    /// <summary>What stands after the number: <c>ETH</c>, <c>base units of 0xdAC1…1ec7 (unrecognised token)</c>.</summary>
    public string Unit => Decimals is null ? $"base units of {_name}" : _name!;

    /// <summary>A sum of an asset.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="units">Base units.</param>
    /// <param name="tokens">Where the symbols of tokens come from; null: only coins have one.</param>
    public static AssetAmount Of(Asset asset, BigInteger units, TokenList? tokens = null)
    {
        SymbolBook book = new(tokens ?? TokenList.Empty);
        return new AssetAmount(asset, units, book.NameOf(asset), book.DecimalsOf(asset), null);
    }

    /// <summary>
    /// The same amount, printed with so many digits after the point, half away from zero; what is not zero and would print as
    /// zero is printed as <c>&lt;0.01</c>. Comparison, sums and CSV files stay exact.
    /// </summary>
    /// <param name="places">0 to 30.</param>
    /// <exception cref="ChainWatchException">Out of that range.</exception>
    public AssetAmount Round(int places) => places is >= 0 and <= PlacesMax
        ? new AssetAmount(Asset, Units, _name ?? "", Decimals, places)
        : throw new ChainWatchException($"amount with {places} digits after the point: expected 0 to {PlacesMax}");

    /// <summary>Whole coins (base units where the decimals are not known) as a floating-point number, for drawing.</summary>
    public double ToDouble() => (double)Units / Math.Pow(10, Decimals ?? 0);

    /// <summary>The number in whole coins, exact and without thousands separators, as a program reads it.</summary>
    public string ToPlainNumber() => Sign + Amount.ToDecimalString(BigInteger.Abs(Units), Decimals ?? 0);

    /// <summary>The number for people, with its unit.</summary>
    public override string ToString() => $"{Number} {Unit}";

    /// <inheritdoc/>
    public bool Equals(AssetAmount other) => Asset == other.Asset && Units == other.Units;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AssetAmount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Asset, Units);

    /// <summary>Order by size of one asset; amounts of two assets stand in the assets' order.</summary>
    public int CompareTo(AssetAmount other) => Asset == other.Asset ? Units.CompareTo(other.Units) : Asset.CompareTo(other.Asset);

    /// <summary>The sum of two amounts of one asset, printed as the left one.</summary>
    /// <exception cref="ChainWatchException">They are of two assets.</exception>
    public static AssetAmount operator +(AssetAmount left, AssetAmount right) => left.Asset == right.Asset
        ? new AssetAmount(left.Asset, left.Units + right.Units, left._name ?? "", left.Decimals, left._places)
        : throw new ChainWatchException($"{left} and {right} cannot be added: expected one asset");

    /// <summary>Equality of asset and units.</summary>
    public static bool operator ==(AssetAmount left, AssetAmount right) => left.Equals(right);

    /// <summary>Inequality of asset or units.</summary>
    public static bool operator !=(AssetAmount left, AssetAmount right) => !left.Equals(right);

    /// <summary>Order by size.</summary>
    public static bool operator <(AssetAmount left, AssetAmount right) => left.CompareTo(right) < 0;

    /// <summary>Order by size.</summary>
    public static bool operator >(AssetAmount left, AssetAmount right) => left.CompareTo(right) > 0;

    /// <summary>Order by size.</summary>
    public static bool operator <=(AssetAmount left, AssetAmount right) => left.CompareTo(right) <= 0;

    /// <summary>Order by size.</summary>
    public static bool operator >=(AssetAmount left, AssetAmount right) => left.CompareTo(right) >= 0;

    private string Sign => Units.Sign < 0 ? "-" : "";

    private string Number
    {
        get
        {
            int decimals = Decimals ?? 0;
            BigInteger units = BigInteger.Abs(Units);
            if (_places is not int places || places >= decimals)
            {
                return Sign + Grouped(Amount.ToDecimalString(units, decimals));
            }

            BigInteger step = BigInteger.Pow(10, decimals - places);
            BigInteger rounded = (units + (step / 2)) / step;
            string least = places == 0 ? "1" : $"0.{new string('0', places - 1)}1";
            string digits = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
            return rounded.IsZero && !units.IsZero ? $"<{Sign}{least}"
                : Sign + Grouped(places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}");
        }
    }

    private static string Grouped(string number)
    {
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? number : number[..point];
        return BigInteger.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture) + (point < 0 ? "" : number[point..]);
    }
}
