/** Style of pages, with the variables of pictures. */
export const PAGE_STYLE = `
:root{--bg:#fff;--text:#1b1f24;--soft:#57606a;--rule:#d0d7de;--tint:#f6f8fa;--bad:#b3261e;--warn:#8a5300;--link:#0550ae}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0f1317;--text:#e8ecf0;--soft:#a3adb8;--rule:#323b45;--tint:#181e25;--bad:#ff8a80;--warn:#ffb74d;--link:#7cb8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1280px;padding:1rem;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;margin:.2em 0}
h2{font-size:1.35rem;margin:1.6em 0 .2em;border-top:1px solid var(--rule);padding-top:.8em}
h3{font-size:1.05rem;margin:1.6em 0 .4em}
h4{margin:1.2em 0 .2em}
a{color:var(--link)}
a:focus-visible,button:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
p{margin:.3em 0}
.faint{color:var(--soft)}
.error{color:var(--bad)}
.warning{color:var(--warn)}
nav ~ main article{content-visibility:auto;contain-intrinsic-size:auto 2400px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;min-width:44rem;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35em .6em;border-bottom:1px solid var(--rule)}
th{overflow-wrap:break-word}
thead th{background:var(--tint)}
tbody th{font-weight:600}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em}
pre{background:var(--tint);padding:.6em;margin:.3em 0;overflow-x:auto;white-space:pre-wrap}
ol.findings{padding-left:1.4em}
ol.findings li{margin-bottom:1em}
.picture svg{display:block;margin:0 auto}
.why{position:relative;display:inline-block}
.why button{all:unset;cursor:help;border-bottom:1px dotted var(--soft)}
.why button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.why [role=tooltip]{display:none;position:fixed;z-index:2;left:1rem;right:1rem;bottom:1rem;max-width:56rem;margin:0 auto;max-height:50vh;overflow:auto;padding:.8em 1em;background:var(--bg);border:1px solid var(--soft);border-radius:6px;box-shadow:0 4px 24px rgba(0,0,0,.3);font-size:.9rem}
.why:hover [role=tooltip],.why:focus-within [role=tooltip]{display:block}
.quiet .why [role=tooltip]{display:none}
.why .line{display:block}
footer{margin-top:2em;border-top:1px solid var(--rule);color:var(--soft)}
@media print{body{max-width:none}.scroll{overflow:visible}.picture svg{max-width:100%;height:auto}nav ~ main article{content-visibility:visible;break-before:page}}
`;
