import { useEffect, useRef, useState } from 'preact/hooks'
import type { Check } from '../../src/sealing/verification-report.ts'
import { apiAddress } from '../shared/addresses.ts'
import { type MessageKey, message } from '../shared/messages.ts'
import { publishedSeed } from './published-seed.ts'
import type { Verdict, VerifyReply } from './verify-messages.ts'

type Progress = Extract<VerifyReply, { kind: 'progress' }>

type Run =
  | { readonly at: 'start' }
  | { readonly at: 'running'; readonly progress: Progress | undefined }
  | { readonly at: 'done'; readonly verdict: Verdict }
  | { readonly at: 'failed' }

/** Verifies the whole election in this browser, with the code that `urna verify` runs. */
export function VerifyHere({ slug, ballots }: { readonly slug: string; readonly ballots: number }) {
  const [run, setRun] = useState<Run>({ at: 'start' })
  const worker = useRef<Worker | undefined>(undefined)
  const stop = () => {
    worker.current?.terminate()
    worker.current = undefined
  }
  useEffect(() => stop, [])

  async function start(): Promise<void> {
    setRun({ at: 'running', progress: undefined })
    const started = new Worker(workers.verify, { type: 'module' })
    worker.current = started
    started.onmessage = ({ data }: MessageEvent<VerifyReply>) => {
      if (data.kind === 'progress') return setRun({ at: 'running', progress: data })
      setRun(data.kind === 'verdict' ? { at: 'done', verdict: data.verdict } : { at: 'failed' })
      stop()
    }
    started.onerror = () => {
      setRun({ at: 'failed' })
      stop()
    }
    const seed = await publishedSeed(slug)
    started.postMessage({ url: apiAddress(slug, 'archive/'), seed })
  }

  return (
    <section aria-labelledby="verify-title">
      <h2 id="verify-title">{message('board.verify')}</h2>
      <p>{message('board.verifyAbout')}</p>
      {run.at === 'running' ? (
        <>
          <ProgressLine progress={run.progress} ballots={ballots} />
          <button
            type="button"
            class="quiet"
            onClick={() => {
              stop()
              setRun({ at: 'start' })
            }}
          >
            {message('board.cancel')}
          </button>
        </>
      ) : (
        <button type="button" onClick={start}>
          {message(run.at === 'start' ? 'board.verifyStart' : 'board.verifyAgain')}
        </button>
      )}
      <div role="status">
        {run.at === 'failed' && <p class="bad">{message('board.verifyFailed')}</p>}
        {run.at === 'done' && <Found {...run.verdict} />}
      </div>
    </section>
  )
}

function ProgressLine({ progress, ballots }: { progress: Progress | undefined; ballots: number }) {
  const counted = progress?.check === 'ballots' ? { ...progress, total: ballots } : progress
  const label =
    counted === undefined
      ? message('board.verifyLoading')
      : message(stepKeys[counted.check] ?? 'board.stepOther', { done: counted.done })
  return (
    <p>
      <label>
        {label}
        <progress
          {...(counted?.total !== undefined && {
            max: Math.max(counted.total, counted.done),
            value: counted.done,
          })}
        />
      </label>
    </p>
  )
}

const stepKeys: Readonly<Partial<Record<Check['id'], MessageKey>>> = {
  ballots: 'board.stepBallots',
  shuffles: 'board.stepShuffles',
  decryptions: 'board.stepDecryptions',
}

function Found({ outcome, inTheClear, complete, checks, contests, head, recasts }: Verdict) {
  const verdict: MessageKey =
    outcome === 'failed' ? 'board.holdsNot' : complete ? 'board.holds' : 'board.holdsSoFar'
  return (
    <>
      <p class="verdict">
        <strong class={outcome === 'failed' ? 'bad' : 'good'}>{message(verdict)}</strong>
      </p>
      <ul class="checks">
        {checks.map((check) => (
          <CheckLine key={check.id} {...check} inTheClear={inTheClear} />
        ))}
      </ul>
      {recasts > 0 && <p>{message('board.recasts', { count: recasts })}</p>}
      {contests !== undefined && (
        <>
          <h3>{message('board.countedAgain')}</h3>
          <ul>
            {contests.map(({ title, winners, decided }) => (
              <li key={title}>
                {title}:{' '}
                {winners.length === 0
                  ? message(decided ? 'board.nobody' : 'board.undecided')
                  : message('board.elected', { names: winners.join(', ') })}
              </li>
            ))}
          </ul>
        </>
      )}
      {head !== null && (
        <p>
          {message('board.headFound')} <span class="code">{head}</span>
        </p>
      )}
    </>
  )
}

const marks = { passed: '✓', failed: '✗', 'not-reached': '·' } as const

function CheckLine({
  id,
  outcome,
  count,
  reason,
  place,
  sentence,
  inTheClear,
}: Check & { readonly inTheClear: boolean }) {
  const said =
    outcome === 'passed' ? 'board.passed' : outcome === 'failed' ? 'board.broken' : 'board.notReached'
  return (
    <li class={outcome}>
      <span aria-hidden="true">{marks[outcome]} </span>
      <span class="hidden">{message(said)}: </span>
      {count !== undefined && countKeys[id] !== undefined && `${message(countKeys[id], { count })} `}
      {/* What is checked of ballots that are not sealed is told in English, as urna verify tells it. */}
      {inTheClear ? <span lang="en">{sentence}</span> : message(checkKeys[id])}
      {reason !== undefined && (
        <>
          <br />
          <span class="code">
            {[reason.replaceAll('-', ' '), place?.part, place?.file].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
    </li>
  )
}

const checkKeys: Readonly<Record<Check['id'], MessageKey>> = {
  archive: 'board.checkArchive',
  chain: 'board.checkChain',
  election: 'board.checkElection',
  trustees: 'board.checkTrustees',
  'public-key': 'board.checkPublicKey',
  tokens: 'board.checkTokens',
  ballots: 'board.checkBallots',
  tally: 'board.checkTally',
  shuffles: 'board.checkShuffles',
  decryptions: 'board.checkDecryptions',
  result: 'board.checkResult',
}

const countKeys: Readonly<Partial<Record<Check['id'], MessageKey>>> = {
  chain: 'board.countEvents',
  trustees: 'board.countTrustees',
  tokens: 'board.countTokens',
  ballots: 'board.countBallots',
  tally: 'board.countBallots',
}
