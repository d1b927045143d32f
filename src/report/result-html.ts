import { standingMarks } from '../election/standing.ts'
import { textOfMoment } from '../election/zoned-time.ts'
import { countSections, definitions, section, statistics } from './html/count-sections.ts'
import { type Content, html, type Markup, Markup as SafeMarkup } from './html/markup.ts'
import { resultStyle } from './html/style.ts'
import { turnoutTable } from './html/turnout-table.ts'
import { outcomeSentence, writeInSentences } from './narrative.ts'
import type { ContestResult, ElectionResultDocument } from './result-schema.ts'
import { type Summary, summaryLines } from './summary.ts'

/**
 * The result as one page that stands alone: tables that can be read aloud, charts beside them, nothing loaded from
 * anywhere and nothing that runs. What is not certified says so at its head, at each contest and on every sheet that is
 * printed of it.
 */
export function resultHtml(result: ElectionResultDocument, summary: Summary): string {
  const { election, turnout, contests, votes } = result
  const { title, standing, standingSentence, organisation, description } = election
  const warning = standing === 'certified' ? undefined : standingSentence
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${standing === 'not-certified' && `${standingMarks[standing]}: `}${title}: result</title><style>${new SafeMarkup(resultStyle(warning))}</style></head>
<body><main>
<p class="standing ${standing}" role="note">${standingSentence}</p>
<p class="lead">${organisation}</p>
<h1>${title}</h1>
${description !== '' && html`<p>${description}</p>`}
${section('In words', inWords(summary))}
${contests.map((contest) => contestSection(contest, warning))}
${section('Turnout', turnoutTable(turnout))}
${section('Who voted what', votes !== null && votes.length > 0 && namedVotes(contests, votes))}
${section('Where it is from', provenance(result))}
</main>${warning && html`<p class="on-paper" aria-hidden="true">${standingMarks[standing]}</p>`}</body></html>
`
  return page.text
}

/** Without the standing, which stands above it. */
function inWords(summary: Summary): Markup {
  const [, ...lines] = summaryLines(summary)
  return html`<ul class="notes">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}

function contestSection(contest: ContestResult, warning: string | undefined): Markup {
  const { position, title, description, method, seats, tabulation, options } = contest
  const writeIns = writeInSentences(tabulation)
  const parties = options.flatMap(({ name, party, slate }) => {
    const of = [party, slate].filter((each) => each !== null).join(' · ')
    return of === '' ? [] : [[name, of] as const]
  })
  return html`<section class="contest"><h2>${position}. ${title}</h2>
${warning && html`<p class="soft">${warning}</p>`}
${description !== '' && html`<p>${description}</p>`}
<p class="lead">${method.title} · ${seats} ${seats === 1 ? 'seat' : 'seats'}</p>
<p class="outcome">${outcomeSentence(contest)}</p>
${countSections(tabulation, { level: 3, ids: `contest-${position}-` })}
${section('Names written in', writeIns.length > 0 && html`<ul class="notes">${writeIns.map((line) => html`<li>${line}</li>`)}</ul>`, 3)}
${section('Parties and slates', parties.length > 0 && definitions(parties), 3)}
${section('Ballots', statistics(tabulation), 3)}</section>`
}

/** In a vote by name. */
function namedVotes(
  contests: readonly ContestResult[],
  votes: NonNullable<ElectionResultDocument['votes']>,
): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Who voted what"><table>
<thead><tr><th scope="col">Number</th><th scope="col" class="text">Voter</th><th scope="col">Weight</th>${contests.map(({ title }) => html`<th scope="col" class="text">${title}</th>`)}</tr></thead>
<tbody>${votes.map(({ number, name, weight, choices }) => html`<tr><th scope="row">${number}</th><td class="text">${name}</td><td>${weight}</td>${choices.map((choice) => html`<td class="text">${choice}</td>`)}</tr>`)}</tbody></table></div>`
}

function provenance({ election, ballots, board, trustees, secrecy, enteredBy }: ElectionResultDocument) {
  const { slug, uuid, zone, openedAt, closedAt, talliedAt, certifiedAt, runoffOf } = election
  const told = (moment: string | null) =>
    moment === null ? undefined : `${textOfMoment(moment, zone)} (${zone})`
  const facts: readonly (readonly [string, Content])[] = [
    ['Election', `${slug} (${uuid})`],
    ['Runoff of', runoffOf ?? undefined],
    ['Opened', told(openedAt)],
    ['Closed', told(closedAt)],
    ['Counted', told(talliedAt)],
    ['Certified', told(certifiedAt)],
    ['Typed in by', enteredBy === null ? undefined : `${enteredBy.officer}, ${told(enteredBy.at)}`],
    ['Ballots counted', ballots.counted],
    ['Replaced by a later one', ballots.replaced],
    ['Secrecy', secrecy.sentence],
    ['Trustees', trustees.length === 0 ? undefined : trustees.map(({ name }) => name).join(', ')],
    ['Fingerprint of the election', html`<code>${board.fingerprint}</code>`],
    ['Head of the public archive', html`<code>${board.head}</code>`],
    ['Head of the audit log', html`<code>${board.auditHead}</code>`],
  ]
  return definitions(facts.filter(([, fact]) => fact !== undefined))
}
