using System.Globalization;
using ChainWatch.Labels;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Printing.Watch;

/// <summary>Writes alerts as they come: a line each, or a line of JSON.</summary>
internal sealed class AlertText(Terminal terminal, bool isJson, Func<Address, string?> nameOf, TokenList tokens)
{
    private readonly AmountText _amounts = new(tokens);

    /// <summary>Writes it and sends it off.</summary>
    public void Write(Alert alert)
    {
        terminal.Answers.WriteLine(isJson ? System.Text.Encoding.UTF8.GetString(alert.ToJson(tokens)) : Line(alert));
        terminal.Answers.Flush();
    }

    private string Line(Alert alert)
    {
        PathStep last = alert.Path[^1];
        string name = nameOf(alert.Wallet) is { Length: > 0 } given ? $" ({given})" : "";
        string what = (alert.IsNote, alert.Reason) switch
        {
            (true, _) => "note: dust or an unrecognised token",
            (_, AlertReason.FirstWithin) => "came within reach",
            (_, AlertReason.Closer) => "came closer",
            (_, AlertReason.NewValue) => "more value",
            _ => "paid a listed address",
        };
        string path = string.Join(" > ", alert.Path.Select(s => s.From).Append(last.To));
        return string.Create(CultureInfo.InvariantCulture, $"{(alert.State == AlertState.Raised ? "raised" : "withdrawn")}{(alert.IsRetroactive ? ", retroactive" : "")}  {alert.Wallet}{name}: {what}, {Words.Of(alert.Direction)}, {Words.Count(alert.Hops, "hop")} from {alert.List}, {_amounts.Of(last)}, block {alert.Block.Height} ({Words.Time(alert.Block.Time)}), tx {last.Tx?.ToString(alert.Wallet.Chain) ?? "not told"}, path {path}, id {alert.Id}");
    }
}
