/// How the page looks: one accent that is dark on light and light on dark, greys that print, and nothing
/// that only a colour tells. The wide tables scroll within themselves, so that a phone shows the rest.
enum WebStyle {
  static let text: StaticString = """
    :root{--ink:#262626;--quiet:#5c5c5c;--accent:#1f4e79;--soft:#e4ecf4;--line:#bfc7d1;--paper:#fff;\
    --bar:#c3d5e7;--second:#7f9fbf;--third:#8a8a8a;--shade:31 78 121}
    @media (prefers-color-scheme:dark){:root{--ink:#e8e8e8;--quiet:#adb3ba;--accent:#9cc3e8;\
    --soft:#233243;--line:#46505b;--paper:#15191e;--bar:#2f4a66;--second:#6f8fb0;--third:#9a9a9a;\
    --shade:120 170 220}}
    *{box-sizing:border-box}
    html{font:16px/1.6 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Segoe UI",Arial,sans-serif;\
    color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
    body{max-width:72rem;margin:0 auto;padding:0 1rem 3rem}
    #la:checked~* .b,#lb:checked~* .a{display:none}
    input[name=l]{margin:.8rem .3rem .8rem 0}
    input[name=l]+label{margin-right:1rem}
    header{border-bottom:3px solid var(--accent)}
    h1{font-size:1.7rem;line-height:1.3;margin:.2rem 0;color:var(--accent)}
    h2{font-size:1.25rem;margin:2rem 0 .6rem;padding-bottom:.2rem;color:var(--accent);\
    border-bottom:1px solid var(--accent)}
    .o{margin:.8rem 0 0;color:var(--quiet)}
    .q,.n{color:var(--quiet);font-size:.85rem}
    nav ul{columns:11rem;margin:0;padding-left:1.2rem}
    nav h2{margin-top:1rem}
    a{color:var(--accent)}
    a.s{font-size:.8rem;white-space:nowrap}
    .k{display:grid;grid-template-columns:repeat(auto-fill,minmax(11.5rem,1fr));gap:.8rem;margin:0}
    .k div{border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:4px;\
    padding:.6rem .8rem;break-inside:avoid}
    .k dt{color:var(--quiet);font-size:.85rem}
    .k dd{margin:0}
    .k b{font-size:1.6rem;line-height:1.3;color:var(--accent)}
    .t{overflow-x:auto;margin:1rem 0}
    table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;min-width:50%}
    caption{text-align:left;font-weight:bold;color:var(--accent);padding:.3rem 0}
    th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    td{min-width:4.5em}th[scope=row]{font-weight:normal;min-width:7rem}
    thead th{background:var(--soft);color:var(--accent);border-top:1px solid var(--accent);\
    border-bottom:1px solid var(--accent);vertical-align:bottom}
    th.n,td.n{text-align:right;white-space:nowrap;font-size:.875rem;color:inherit}
    thead th.n{white-space:normal;color:var(--accent)}
    tfoot th,tfoot td,tfoot th[scope=row]{font-weight:bold;border-top:1px solid var(--accent);\
    background:var(--soft)}
    td[style*="--b"]{background:linear-gradient(var(--bar),var(--bar)) 0 50%/var(--b) 70% no-repeat}
    td[style*="--h"]{background:rgb(var(--shade)/calc(var(--h)*.55))}
    em{font-style:normal;font-size:.7rem;border:1px solid var(--line);border-radius:3px;padding:0 .2rem}
    th button{font:inherit;font-weight:bold;color:inherit;background:none;border:0;padding:0;\
    text-align:inherit;cursor:pointer;text-decoration:underline dotted}
    [aria-sort=ascending] button::after{content:" ▲"}
    [aria-sort=descending] button::after{content:" ▼"}
    :focus-visible{outline:3px solid var(--second);outline-offset:2px}
    .f input{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);border-radius:4px;\
    background:var(--paper);color:var(--ink);max-width:100%}
    figure{margin:1rem 0;break-inside:avoid}
    figcaption{font-weight:bold;color:var(--accent)}
    figure>svg{width:100%;max-width:44rem;height:auto;display:block}
    svg text{font-size:12px;fill:var(--ink)}
    .e{text-anchor:end}.m{text-anchor:middle}
    path.g{stroke:var(--line);stroke-width:.5}
    .c0,.p0{fill:var(--accent)}.c1,.p1{fill:var(--second)}.c2,.p2{fill:var(--third)}
    .c3,.p3{fill:var(--soft)}.c4,.p4{fill:var(--bar)}.c5,.p5{fill:var(--quiet)}
    .c1,.c3,.p3,.c4,.p4{stroke:var(--accent)}
    .l0,.l1,.l2,.l3,.l4,.l5{fill:none;stroke-width:2.5;stroke:var(--accent)}
    .l1{stroke:var(--second);stroke-dasharray:8 4}.l2{stroke:var(--third);stroke-dasharray:2 4}
    .l3{stroke:var(--quiet);stroke-dasharray:12 3 2 3}.l4{stroke-dasharray:4 4}.l5{stroke:var(--third)}
    .g svg{vertical-align:middle}
    blockquote{margin:.8rem 0;padding:.5rem .9rem;border-left:4px solid var(--accent);\
    background:var(--soft);white-space:pre-line}
    @media (max-width:40rem){h1{font-size:1.35rem}.k{grid-template-columns:1fr 1fr}.k b{font-size:1.25rem}}
    @page{size:A4;margin:15mm}
    @media print{:root{--ink:#000;--quiet:#444;--accent:#1f4e79;--soft:#eef3f8;--line:#bbb;--paper:#fff;\
    --bar:#c3d5e7;--second:#7f9fbf;--third:#8a8a8a;--shade:31 78 121}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    html{font-size:11px}body{padding:0;max-width:none}
    nav,.f,input[name=l],input[name=l]+label{display:none}
    .t{overflow:visible}thead{display:table-header-group}tr,li{break-inside:avoid}h2,caption{break-after:avoid}}
    """
}
