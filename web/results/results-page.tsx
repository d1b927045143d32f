import { useCallback } from 'preact/hooks'
import {
  type ContestResult,
  type ElectionResultDocument,
  resultSchema,
} from '../../src/report/result-schema.ts'
import { apiAddress, pageAddress } from '../shared/addresses.ts'
import { ask } from '../shared/answers.ts'
import { Frame, Waiting } from '../shared/frame.tsx'
import { formatMoment, formatNumber, language, type MessageKey, message } from '../shared/messages.ts'
import { percentOf, UnitTable } from '../shared/unit-table.tsx'
import { useAnswer } from '../shared/use-answer.ts'
import { Report } from './report.tsx'

/** The result, once it is published. */
export function ResultsPage({ slug }: { readonly slug: string }) {
  const address = apiAddress(slug, 'results/')
  const { answer, again } = useAnswer(useCallback(() => ask(address, resultSchema), [address]))
  if (answer?.kind === 'answer') return <Shown address={address} result={answer.value} />
  const board = { href: pageAddress('board', slug), text: message('board.title') }
  const code = answer?.kind === 'refused' ? answer.code : undefined
  if (code === 'result-not-published') {
    return (
      <Frame title={message('results.title')} links={[board]}>
        <p>{message('results.notYet')}</p>
        <p>
          <a href={board.href}>{board.text}</a>
        </p>
      </Frame>
    )
  }
  return (
    <Frame title={message('results.title')}>
      {code === 'election-not-found' || code === 'not-found' || code === 'invalid-request' ? (
        <p>{message('results.missing')}</p>
      ) : (
        <Waiting answer={answer} again={again} />
      )}
    </Frame>
  )
}

function Shown({ address, result }: { readonly address: string; readonly result: ElectionResultDocument }) {
  const { election, turnout, ballots, board, trustees, contests, secrecy, enteredBy, votes } = result
  const { title, slug, zone, description } = election
  const boardAddress = pageAddress('board', slug)
  const links = [{ href: boardAddress, text: message('board.title') }]
  const told = (moment: string | null) => (moment === null ? '–' : formatMoment(moment, zone))
  return (
    <Frame title={message('results.title')} name={title} wide links={links}>
      <p class={`standing ${election.standing}`} role="note">
        {message(standings[election.standing])}
      </p>
      {description !== '' && <p>{description}</p>}
      <p lang="en">{secrecy.sentence}</p>
      <dl class="facts">
        {enteredBy !== null && (
          <>
            <dt>{message('results.enteredBy')}</dt>
            <dd>
              {enteredBy.officer}, {told(enteredBy.at)}
            </dd>
          </>
        )}
        <dt>{message('results.turnout')}</dt>
        <dd>
          {message('results.turnoutLine', {
            voted: turnout.voted,
            voters: turnout.voters,
            percent: percentOf(turnout),
          })}
        </dd>
        <dt>{message('results.ballots')}</dt>
        <dd>{formatNumber(ballots.counted)}</dd>
        <dt>{message('results.opened')}</dt>
        <dd>{told(election.openedAt)}</dd>
        <dt>{message('results.closed')}</dt>
        <dd>{told(election.closedAt)}</dd>
      </dl>
      <p class="downloads">
        <a href={`${address}export/`} download={`${slug}.result.xlsx`}>
          {message('results.workbook')}
        </a>
        <a href={address} download={`${slug}.result.json`}>
          {message('results.json')}
        </a>
      </p>
      {contests.map((contest) => (
        <Contest key={contest.position} {...contest} />
      ))}
      {votes !== null && votes.length > 0 && <Votes contests={contests} votes={votes} />}
      {turnout.units.length > 0 && (
        <section class="contest">
          <h2>{message('results.byUnit')}</h2>
          <UnitTable units={turnout.units} />
        </section>
      )}
      <section class="contest">
        <h2>{message('results.check')}</h2>
        <p>{message('results.checkAbout')}</p>
        <dl class="facts">
          {trustees.length > 0 && (
            <>
              <dt>{message('results.trustees')}</dt>
              <dd>{trustees.map(({ name }) => name).join(', ')}</dd>
            </>
          )}
          <dt>{message('board.fingerprint')}</dt>
          <dd class="code">{board.fingerprint}</dd>
          <dt>{message('board.head')}</dt>
          <dd class="code">{board.head}</dd>
          <dt>{message('board.auditHead')}</dt>
          <dd class="code">{board.auditHead}</dd>
        </dl>
        <p>
          <a class="button" href={boardAddress}>
            {message('board.title')}
          </a>
        </p>
      </section>
    </Frame>
  )
}

const standings = {
  rehearsal: 'results.rehearsal',
  'not-certified': 'results.notCertified',
  certified: 'results.certified',
} as const satisfies Record<ElectionResultDocument['election']['standing'], MessageKey>

function Contest({ title, description, method, position, seats, tabulation }: ContestResult) {
  return (
    <section class="contest">
      <h2>{title}</h2>
      {description !== '' && <p>{description}</p>}
      <p class="soft">
        {message('results.method', { method: method.title, seats })}
        {/* Ways of counting, and what happened in a count, are told in English by every report. */}
        {language() !== 'en' && ` · ${message('results.inEnglish')}`}
      </p>
      <Report tabulation={tabulation} ids={`contest-${position}-`} />
    </section>
  )
}

/** Who voted what, in a vote by name. */
function Votes({
  contests,
  votes,
}: {
  readonly contests: readonly ContestResult[]
  readonly votes: NonNullable<ElectionResultDocument['votes']>
}) {
  return (
    <section class="contest">
      <h2>{message('results.votes')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{message('results.voter')}</th>
            <th scope="col">{message('results.weight')}</th>
            {contests.map(({ position, title }) => (
              <th key={position} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {votes.map(({ number, name, weight, choices }) => (
            <tr key={number}>
              <th scope="row">{name}</th>
              <td>{weight}</td>
              {choices.map((choice, index) => (
                <td key={contests[index]?.position}>{choice}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
