import { scaleLinear } from 'd3-scale'
import { percentOf } from '../narrative.ts'
import type { ElectionResultDocument } from '../result-schema.ts'
import { html, type Markup } from './markup.ts'

const barWidth = 100
const barHeight = 8

type Turnout = ElectionResultDocument['turnout']

/** How many voted, in all and by unit, each with a bar of its share. */
export function turnoutTable({ voters, voted, units }: Turnout): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Turnout"><table class="sheet">
<caption>Those who voted, of all who could</caption>
<thead><tr><th scope="col">Part of the roll</th><th scope="col">Voters</th><th scope="col">Voted</th><th scope="col">Turnout</th></tr></thead>
<tbody>${line('All', { voters, voted })}${units.map((unit) => line(`${unit.unit}: ${unit.name ?? 'others together'}`, unit))}</tbody></table></div>`
}

function line(name: string, { voters, voted }: Pick<Turnout, 'voters' | 'voted'>): Markup {
  const scale = scaleLinear([0, Math.max(1, voters)], [0, barWidth])
  return html`<tr><th scope="row">${name}</th><td>${voters}</td><td>${voted}</td><td>${percentOf(voted, voters)}
<svg viewBox="0 0 ${barWidth} ${barHeight}" class="bar" preserveAspectRatio="none" aria-hidden="true"><rect class="option-0" width="${scale(voted).toFixed(2)}" height="${barHeight}"/></svg></td></tr>`
}
