import { useEffect, useState } from 'preact/hooks'
import { Frame, Waiting } from '../shared/frame.tsx'
import { message } from '../shared/messages.ts'
import { useAnswer } from '../shared/use-answer.ts'
import { Desk } from './desk.tsx'
import { currentSession, isNobody, type Session } from './office.ts'
import { SignIn } from './sign-in.tsx'

/**
 * The officers' page: sign in, then see how an election goes.
 * @param wanted the election that the address names; empty where it names none
 */
export function OfficerPage({ wanted }: { readonly wanted: string }) {
  const { answer, again } = useAnswer(currentSession)
  const [session, setSession] = useState<Session>()
  const [ended, setEnded] = useState(false)
  useEffect(() => {
    if (answer?.kind === 'answer') setSession(answer.value)
  }, [answer])

  if (session !== undefined) {
    return (
      <Desk
        session={session}
        wanted={wanted}
        leave={(why) => {
          setEnded(why === 'ended')
          setSession(undefined)
        }}
      />
    )
  }
  if (!isNobody(answer) && answer?.kind !== 'answer') {
    return (
      <Frame title={message('officer.title')}>
        <Waiting answer={answer} again={again} />
      </Frame>
    )
  }
  return (
    <Frame title={message('officer.title')}>
      {ended && <p role="alert">{message('officer.ended')}</p>}
      <SignIn
        done={(opened) => {
          setEnded(false)
          setSession(opened)
        }}
      />
    </Frame>
  )
}
