import { useCallback, useEffect, useState } from 'preact/hooks'
import { pageAddress } from '../shared/addresses.ts'
import { Frame, Waiting } from '../shared/frame.tsx'
import { message } from '../shared/messages.ts'
import { useAnswer } from '../shared/use-answer.ts'
import { ElectionDesk } from './election-desk.tsx'
import { askElections, isNobody, type Session, signOut } from './office.ts'

interface DeskProps {
  readonly session: Session
  readonly wanted: string
  readonly leave: (why: 'signed out' | 'ended') => void
}

/** What an officer sees who is signed in: one election of the organisation at a time. */
export function Desk({ session, wanted, leave }: DeskProps) {
  const { answer, again } = useAnswer(useCallback(() => askElections(session), [session]))
  const [chosen, setChosen] = useState(wanted)
  useEffect(() => {
    if (isNobody(answer)) leave('ended')
  }, [answer, leave])
  const elections = answer?.kind === 'answer' ? answer.value.elections : []
  const election = elections.find((each) => each.election === chosen) ?? elections[0]
  const choose = (slug: string) => {
    history.replaceState(null, '', pageAddress('officer', slug))
    setChosen(slug)
  }
  const end = async () => {
    await signOut(session)
    leave('signed out')
  }
  return (
    <Frame title={message('officer.title')} name={election?.title} wide links={linksOf(election)}>
      <div class="bar">
        <span>{message('officer.as', { officer: session.officer, role: session.role })}</span>
        <button type="button" class="quiet" onClick={end}>
          {message('officer.signOut')}
        </button>
      </div>
      {session.dryRun && <p>{message('officer.dryRun')}</p>}
      {answer?.kind !== 'answer' && <Waiting answer={answer} again={again} />}
      {answer?.kind === 'answer' && election === undefined && <p>{message('officer.noElections')}</p>}
      {elections.length > 1 && (
        <p>
          <label>
            {message('officer.election')}{' '}
            <select value={election?.election} onChange={(event) => choose(event.currentTarget.value)}>
              {elections.map(({ election: slug, title }) => (
                <option key={slug} value={slug}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </p>
      )}
      {election !== undefined && (
        <ElectionDesk
          key={election.election}
          session={session}
          slug={election.election}
          changed={again}
          ended={() => leave('ended')}
        />
      )}
    </Frame>
  )
}

function linksOf(election: { election: string; status: string } | undefined) {
  if (election === undefined || election.status === 'draft') return []
  return [
    { href: pageAddress('board', election.election), text: message('officer.board') },
    { href: pageAddress('results', election.election), text: message('officer.results') },
  ]
}
