namespace ChainWatch.Notebooks;

/// <summary>Colours and type of what is saved, for light and dark. No colour stands alone: a word or a shape says the same.</summary>
internal static class Look
{
    /// <summary>Of drawings; a page that holds one has it too.</summary>
    public const string SvgStyle =
        "svg{--surface:#ffffff;--box:#f6f8fa;--ink:#1b1f24;--quiet:#57606a;--rule:#d8dee4;--bar:#2f6fd0;--loss:#b4552d;--flow:#8a96a3;--seed:#b42318;--stop:#9a6700;--watched:#7a3fd0;--named:#b4531a;" +
        "font-family:ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;font-size:12px;font-variant-numeric:tabular-nums}" +
        "@media (prefers-color-scheme:dark){svg{--surface:#14171c;--box:#1d2127;--ink:#e6e9ed;--quiet:#98a2ad;--rule:#333a43;--bar:#6aa5f8;--loss:#e59062;--flow:#66717d;--seed:#ff7b6e;--stop:#e0b04a;--watched:#bd93ff;--named:#ffa36b}}" +
        "@media print{svg{--surface:#ffffff;--box:#f6f8fa;--ink:#1b1f24;--quiet:#57606a;--rule:#d8dee4}}" +
        ".surface{fill:var(--surface)}.title{font-size:16px;font-weight:600;fill:var(--ink)}.ink{fill:var(--ink)}.quiet{fill:var(--quiet)}.small{font-size:11px}" +
        ".mono{font-family:ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',monospace}.halo{stroke:var(--surface);stroke-width:3;paint-order:stroke}.end{text-anchor:end}.middle{text-anchor:middle}" +
        ".rule{stroke:var(--rule);stroke-width:1}.axis{stroke:var(--quiet);stroke-width:1}.bar{fill:var(--bar)}.loss{fill:var(--loss)}" +
        ".box{fill:var(--box);stroke:var(--rule)}.flow{fill:none;stroke:var(--flow);stroke-opacity:.5}.back{stroke-dasharray:5 4}.flow:hover{stroke:var(--bar);stroke-opacity:.9}" +
        ".seed{fill:var(--seed)}.stop{fill:var(--stop)}.watched{fill:var(--watched)}.named{fill:var(--named)}.plain{fill:var(--flow)}.folded{fill:var(--rule)}";

    /// <summary>Of pages.</summary>
    public const string PageStyle =
        ":root{color-scheme:light dark;--surface:#ffffff;--ink:#1b1f24;--quiet:#57606a;--rule:#d8dee4;--stripe:#f6f8fa}" +
        "@media (prefers-color-scheme:dark){:root{--surface:#14171c;--ink:#e6e9ed;--quiet:#98a2ad;--rule:#333a43;--stripe:#1b1f26}}" +
        "@media print{:root{--surface:#ffffff;--ink:#1b1f24;--quiet:#57606a;--rule:#d8dee4;--stripe:#ffffff}}" +
        "body{margin:2rem;background:var(--surface);color:var(--ink);font:14px/1.5 ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}" +
        "h1{font-size:1.25rem;margin:0 0 1rem}p{color:var(--quiet)}svg{max-width:100%;height:auto}" +
        "table{border-collapse:collapse;font-variant-numeric:tabular-nums}th{text-align:left;font-weight:600;border-bottom:2px solid var(--rule);position:sticky;top:0;background:var(--surface)}" +
        "th,td{padding:.35rem .75rem;vertical-align:top}td{border-bottom:1px solid var(--rule)}tbody tr:nth-child(even){background:var(--stripe)}" +
        ".number{text-align:right;white-space:nowrap}.mono{font-family:ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',monospace;white-space:nowrap}";
}
