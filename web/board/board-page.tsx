import { useCallback } from 'preact/hooks'
import { apiAddress, pageAddress } from '../shared/addresses.ts'
import { Frame, Waiting } from '../shared/frame.tsx'
import { isVoting } from '../shared/is-voting.ts'
import { message } from '../shared/messages.ts'
import { StateLabel } from '../shared/state-label.tsx'
import { useAnswer } from '../shared/use-answer.ts'
import { useLive } from '../shared/use-live.ts'
import { BallotList } from './ballot-list.tsx'
import { askBoard, type Board } from './board-answers.ts'
import { FindBallot } from './find-ballot.tsx'
import { VerifyHere } from './verify-here.tsx'

/** What everybody may see of an election: its sealed ballots, and whether all of it holds. */
export function BoardPage({ slug }: { readonly slug: string }) {
  const { answer, again } = useAnswer(useCallback(() => askBoard(slug, 0), [slug]))
  if (answer?.kind === 'answer') return <Shown slug={slug} board={answer.value} />
  const missing = answer?.kind === 'refused' && answer.status < 500
  return (
    <Frame title={message('board.title')}>
      {missing ? <p>{message('board.missing')}</p> : <Waiting answer={answer} again={again} />}
    </Frame>
  )
}

function Shown({ slug, board }: { readonly slug: string; readonly board: Board }) {
  const { votes } = useLive(slug)
  const { title, status, fingerprint, head, auditHead, ballots, counting, archive, secrecy } = board
  const sealed = secrecy === 'sealed'
  return (
    <Frame title={message('board.title')} name={title} links={linksOf(slug, status)}>
      <p>{message(sealed ? 'board.about' : 'board.aboutClear')}</p>
      <dl class="facts">
        <dt>{message('board.state')}</dt>
        <dd>
          <StateLabel status={status} />
        </dd>
        <dt>{message('board.voted')}</dt>
        <dd>{message('board.counting', { count: votes ?? counting })}</dd>
        <dt>{message('board.fingerprint')}</dt>
        <dd class="code">{fingerprint}</dd>
        <dt>{message('board.head')}</dt>
        <dd>
          <span class="code">{head.hash}</span>{' '}
          <span class="soft">{message('board.height', { height: head.height })}</span>
        </dd>
        {auditHead !== null && (
          <>
            <dt>{message('board.auditHead')}</dt>
            <dd>
              <span class="code">{auditHead}</span> <span class="soft">{message('board.auditAbout')}</span>
            </dd>
          </>
        )}
      </dl>
      <FindBallot slug={slug} />
      {archive === null ? (
        <p>{message('board.archiveLater')}</p>
      ) : (
        <>
          <VerifyHere slug={slug} ballots={ballots} />
          <section>
            <h2>{message('board.archive')}</h2>
            <p>{message(sealed ? 'board.archiveAbout' : 'board.archiveClear')}</p>
            <p>
              <a class="button" href={apiAddress(slug, 'archive/')} download={archive}>
                {message('board.download')}
              </a>
            </p>
            <p>
              <code class="code">urna verify {archive}</code>
            </p>
          </section>
        </>
      )}
      <BallotList slug={slug} first={board} />
    </Frame>
  )
}

function linksOf(slug: string, status: string) {
  if (isVoting(status)) return [{ href: pageAddress('vote', slug), text: message('home.vote') }]
  return [{ href: pageAddress('results', slug), text: message('results.title') }]
}
