/**
 * The style of a page that stands alone: no font, image or script from elsewhere, light or dark as the reader
 * has it, black on white on paper. The eight colours of options are told apart by people who see colours
 * otherwise, and never say anything that isn't also in words.
 */
const palette = `
:root{color-scheme:light dark;--ink:#1c1e21;--paper:#fff;--soft:#5a616b;--line:#d5d9df;--panel:#f5f6f8;--accent:#0b57a4;
--c0:#0b6fb8;--c1:#d9730d;--c2:#2c8c53;--c3:#b3418f;--c4:#8a6d00;--c5:#5b5bd6;--c6:#c2343c;--c7:#3a8f9b;--none:#9aa1ab;--more:#e3f1e6;--fewer:#f7ebe4}
@media (prefers-color-scheme:dark){:root{--ink:#e7e9ec;--paper:#15171a;--soft:#a3abb6;--line:#363b43;--panel:#1e2126;--accent:#7db8f0;
--c0:#5aa9e6;--c1:#f0a04b;--c2:#63c088;--c3:#e083c2;--c4:#d6b93a;--c5:#9a9aff;--c6:#f07a80;--c7:#6cc5d0;--none:#6d747e;--more:#1f3527;--fewer:#3a2a22}}
*{box-sizing:border-box}`

const page = `
body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}`

const content = `
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}
p{max-width:46rem;margin:.4rem 0}.lead{color:var(--soft)}
.outcome{font-size:1.15rem;font-weight:600;border-left:.3rem solid var(--accent);padding:.4rem 0 .4rem .8rem;margin:1rem 0}
ul.notes{padding-left:1.2rem;max-width:46rem}ol.rounds{padding:0;list-style:none;max-width:52rem}ol.rounds>li{border-top:1px solid var(--line);padding:.6rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.4rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:.8rem 0}.scroll:focus-visible{outline:2px solid var(--accent)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th{font-weight:600}tbody th,thead th:first-child,td.text,th.text{text-align:left}.sheet td{min-width:7.5rem}.single td{min-width:min(26rem,50vw)}
tbody th{min-width:8rem;max-width:18rem;overflow-wrap:anywhere}.foot th,.foot td,.gone{color:var(--soft);font-weight:400}
.change{color:var(--soft);font-size:.85em}.mark{display:block;font-size:.85em}
.key{display:inline-block;width:.7em;height:.7em;border-radius:2px;margin-right:.45em}
.bar{display:block;width:100%;height:.5rem;background:var(--panel)}.quota{stroke:var(--ink);stroke-width:1.2;vector-effect:non-scaling-stroke}
.pairs .more{background:var(--more);font-weight:600}.pairs .fewer{background:var(--fewer)}.pairs .self{background:var(--panel)}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .label{stroke:var(--paper);stroke-width:3px;paint-order:stroke}svg .axis{fill:var(--soft)}
.band{stroke-opacity:.28}.band.moved{stroke-opacity:.6}
${Array.from({ length: 8 }, (_, colour) => `rect.option-${colour}{fill:var(--c${colour})}.key.option-${colour}{background:var(--c${colour})}.band.option-${colour}{stroke:var(--c${colour})}`).join('')}
rect.nobody{fill:var(--none)}.key.nobody{background:var(--none)}.band.nobody{stroke:var(--none)}
code{overflow-wrap:anywhere}h1,h2,h3,p,li,caption,td{overflow-wrap:anywhere}
svg.rounds{display:block;width:100%;max-width:46rem;height:auto;margin:.8rem 0 .3rem}.piece{stroke:var(--paper);stroke-width:1}svg.seats{display:block;max-width:100%;height:auto;margin:.8rem 0 .3rem}
ul.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;margin:.2rem 0 .8rem}.legend li{max-width:18rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}.sheet td{min-width:6rem}.single td{min-width:40vw}}
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--soft:#333;--line:#999;--panel:#eee}body{max-width:none;padding:0;font-size:10pt}
.scroll{overflow:visible}tr,li,svg{break-inside:avoid}thead{display:table-header-group}h2,caption{break-after:avoid}svg[role=img]{width:100%;height:auto}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`

/** Of a result: how far it may be relied on, on the screen and on every sheet. */
const standing = `
.standing{max-width:none;font-weight:700;border:2px solid;padding:.5rem .8rem;margin:0 0 1rem}.standing.certified{border-color:var(--c2)}
.standing.rehearsal,.standing.not-certified{color:var(--paper);background:var(--c6);border-color:var(--c6);position:sticky;top:0;z-index:1}
.contest{border-top:2px solid var(--line);margin-top:2.4rem}.contest h3{margin:1.6rem 0 .4rem}.soft{color:var(--c6);font-weight:600}.on-paper{display:none}
@media print{.standing.rehearsal,.standing.not-certified{position:static}.contest{break-before:page;border-top:0}.contest section,h3{break-inside:avoid}h3{break-after:avoid}
svg.seats[role=img]{width:auto}@page{margin:1.4cm 1.4cm 2cm}
.on-paper{display:block;position:fixed;top:42%;left:0;right:0;max-width:none;margin:0;text-align:center;font:700 15vw/1 system-ui,sans-serif;color:var(--c6);opacity:.13;transform:rotate(-50deg)}}
`

/**
 * Of a page that holds the result of an election.
 * @param foot of every printed sheet, in words without quotation marks; undefined for none
 */
export function resultStyle(foot: string | undefined): string {
  const sheets =
    foot === undefined ? '' : `@page{@bottom-center{content:"${foot}";font:700 10pt system-ui,sans-serif}}`
  return palette + page + content + standing + sheets
}

/** Of a page that holds nothing but a report. */
export const style = palette + page + content

/** Of a report that stands in a page with a style of its own. */
export const reportStyle = palette + content
