/** The whole design: system fonts, two palettes, one column. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f7f7f5; --card: #ffffff; --ink: #1c2024; --soft: #545c66; --edge: #d5d9de; --field: #7b8490;
  --link: #0b57a4; --go: #0b57a4; --on-go: #ffffff; --focus: #0b57a4;
  --destructive: #a8201a; --destructive-wash: #fdf0ef; --exposing: #85500a; --exposing-wash: #fdf5e6;
  --disruptive: #5b4a00; --disruptive-wash: #fbf8e4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1d2125; --ink: #e8eaed; --soft: #a6aeb8; --edge: #363c43; --field: #838c97;
    --link: #8ec2f7; --go: #8ec2f7; --on-go: #10202f; --focus: #8ec2f7;
    --destructive: #ff9c94; --destructive-wash: #2c1a19; --exposing: #f2bd6b; --exposing-wash: #2a2115;
    --disruptive: #e3d27a; --disruptive-wash: #262314;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
.top, main, footer, .sandbox { width: calc(100% - 2.5rem); max-width: 43.5rem; margin-inline: auto; }
.top {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem;
  padding-block: .75rem; border-bottom: 1px solid var(--edge);
}
.brand { font-weight: 650; color: var(--ink); text-decoration: none; line-height: 2.75rem; }
.brand span { font-weight: 400; color: var(--soft); }
.board { margin-left: auto; line-height: 2.75rem; }
.person { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75rem; margin: 0; color: var(--soft); }
main { padding-block: 1rem 2rem; }
main:focus { outline: none; }
footer {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; padding-block: 1rem 2rem;
  color: var(--soft); font-size: .875rem;
}
.sandbox { margin-block: 1rem 0; color: var(--soft); font-size: .9375rem; }
.skip { position: absolute; left: -100vw; padding: .75rem 1rem; background: var(--card); }
.skip:focus { left: .5rem; top: .5rem; z-index: 1; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: 0 0 .5rem; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 1.125rem; line-height: 1.35; margin: 0 0 .5rem; font-weight: 650; }
h3 { font-size: 1rem; margin: 1rem 0 .375rem; font-weight: 600; }
p { margin: 0 0 .75rem; }
section { margin-top: 1.75rem; }
a { color: var(--link); text-underline-offset: .15em; }
code { font: .9375em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.hint, .meta, .who, .id, .empty { color: var(--soft); }
.hint, .who, .id { font-size: .9375rem; }
.trail { margin: 0; }
.trail a { display: inline-block; line-height: 2.75rem; }
.risk, .severity {
  display: inline-block; padding: 0 .5rem; border: 1px solid; border-radius: 1rem;
  font-size: .875rem; line-height: 1.5rem; font-weight: 600; margin-right: .25rem;
}
.risk.destructive, .severity.critical { color: var(--destructive); }
.risk.exposing, .severity.warning { color: var(--exposing); }
.risk.disruptive { color: var(--disruptive); }
.stakes { margin-top: 1.25rem; padding: 1rem 1.25rem .25rem; border-radius: 8px; border-left: 4px solid; }
.stakes h2 { font-size: 1rem; color: var(--ink); margin-bottom: .125rem; }
.stakes p { color: var(--ink); }
.stakes.destructive { background: var(--destructive-wash); border-color: var(--destructive); }
.stakes.exposing { background: var(--exposing-wash); border-color: var(--exposing); }
.stakes.disruptive { background: var(--disruptive-wash); border-color: var(--disruptive); }
.cards, .lines, .onward { list-style: none; margin: 0; padding: 0; }
.card {
  display: block; padding: .875rem 1.125rem; margin-top: .75rem; color: var(--ink); text-decoration: none;
  background: var(--card); border: 1px solid var(--edge); border-left: 4px solid; border-radius: 8px;
}
.card.destructive { border-left-color: var(--destructive); }
.card.exposing { border-left-color: var(--exposing); }
.card.disruptive { border-left-color: var(--disruptive); }
.card .what { display: block; font-weight: 600; margin-bottom: .25rem; }
.card .what span { text-decoration: underline; text-underline-offset: .15em; }
.card:hover { border-color: var(--field); }
.card .who { display: block; }
.lines li { padding: .625rem 0; border-top: 1px solid var(--edge); }
.lines li:has(> a) { padding-top: 0; }
.lines li > a { display: inline-block; padding-block: .625rem; }
.lines .who { display: block; }
.onward a { display: inline-block; line-height: 2.75rem; }
.facts { margin: 0; }
.facts > div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1rem; padding: .3125rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; }
.record {
  display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin: 0; padding: .75rem 1rem; background: var(--card);
  border: 1px solid var(--edge); border-radius: 8px;
}
.record dt { color: var(--soft); font-size: .875rem; line-height: 1.4; }
.record dd { margin: 0; }
.record > :first-child dd { font-weight: 600; }
.record + .record { margin-top: .5rem; }
.id { display: block; }
.fault {
  padding: .75rem 1rem; background: var(--destructive-wash); border-left: 4px solid var(--destructive);
  border-radius: 8px;
}
.wrong { padding: .625rem 1rem; background: var(--card); border-left: 4px solid var(--edge); border-radius: 8px; }
.wrong.critical { border-color: var(--destructive); }
.wrong.warning { border-color: var(--exposing); }
.outcome { padding: .75rem 1rem; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
.decision { border-top: 1px solid var(--edge); padding-top: 1.5rem; }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1rem; }
.answer {
  display: flex; flex-direction: column; min-width: 0; padding: 1rem 1.125rem; background: var(--card);
  border: 1px solid var(--edge); border-radius: 8px;
}
.answer h3 { margin-top: 0; }
.answer label { font-weight: 600; }
.answer .hint { margin: 0; }
.answer .name { font-weight: 650; }
input:not([type=hidden]) {
  width: 100%; min-height: 2.75rem; margin: .375rem 0 1rem; padding: .5rem .75rem; font: inherit; color: var(--ink);
  background: var(--paper); border: 1px solid var(--field); border-radius: 6px;
}
input[aria-invalid] { border: 2px solid var(--destructive); }
button, .button {
  display: inline-block; min-height: 2.75rem; padding: .5625rem 1.125rem; font: inherit; font-weight: 600;
  line-height: 1.5; text-align: center; text-decoration: none; cursor: pointer; overflow-wrap: anywhere;
  color: var(--ink); background: transparent; border: 1px solid var(--field); border-radius: 6px;
}
.answer button { margin-top: auto; }
.go, .button.go { color: var(--on-go); background: var(--go); border-color: var(--go); }
.go.destructive { background: var(--destructive); border-color: var(--destructive); color: var(--card); }
button:hover, .button:hover { filter: brightness(.94); }
.quiet {
  font-weight: 400; padding-inline: .75rem; margin-right: -.75rem; color: var(--link); border-color: transparent;
}
@media (max-width: 34rem) {
  .top, main, footer, .sandbox { width: calc(100% - 2rem); }
  h1 { font-size: 1.375rem; }
  .facts > div { grid-template-columns: 1fr; }
}
@media (forced-colors: active) { .card, .stakes, .fault { border-color: CanvasText; } }
@media (prefers-reduced-motion: no-preference) { .skip { transition: left .1s; } }
`;
