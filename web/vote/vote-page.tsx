import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { LanguageChoice } from '../shared/language-choice.tsx'
import { type MessageKey, message, useLanguage } from '../shared/messages.ts'
import { RehearsalNotice } from '../shared/rehearsal-notice.tsx'
import { ClosedStep } from './closed-step.tsx'
import { Journey } from './journey.tsx'
import { type Loaded, loadSession } from './load-session.ts'
import type { SealingDesk } from './sealing-desk.ts'
import { StepHeading } from './step-heading.tsx'
import { useAsking } from './use-asking.ts'
import type { VotingServer } from './voting-server.ts'
import { WaitNotice } from './wait-notice.tsx'

interface VotePageProps {
  readonly server: VotingServer
  readonly desk: SealingDesk
  /** What the link brought, as it stands there. */
  readonly given: string
}

/** The page with the network: asks the server for the ballot paper, and begins. */
export function VotePage({ server, desk, given }: VotePageProps) {
  useLanguage()
  const [loaded, setLoaded] = useState<Loaded>()
  const { ask, wait, retry } = useAsking()
  useEffect(() => {
    loadSession({ server, desk, given }, ask).then(setLoaded, () =>
      setLoaded({ kind: 'nothing', why: 'unreadable' }),
    )
  }, [])
  return (
    <PageFrame
      organisation={loaded?.kind === 'ready' ? loaded.session.election.organisation : ''}
      title={titleOf(loaded)}
    >
      {loaded === undefined ? (
        <>
          <StepHeading title={message('vote.title')}>{message('vote.title')}</StepHeading>
          <p role="status">{message('shared.loading')}</p>
          <WaitNotice wait={wait} retry={retry} />
        </>
      ) : (
        <LoadedPage loaded={loaded} given={given} />
      )}
    </PageFrame>
  )
}

function LoadedPage({ loaded, given }: { loaded: Loaded; given: string }) {
  switch (loaded.kind) {
    case 'ready':
      return <Journey {...loaded} given={given} />
    case 'closed':
      return <ClosedStep paper={loaded.paper} />
    case 'nothing':
      return (
        <>
          <StepHeading title={message('vote.title')}>{message(nothingKeys[loaded.why])}</StepHeading>
          <p>{message('vote.nothing.text')}</p>
        </>
      )
  }
}

function titleOf(loaded: Loaded | undefined): string {
  switch (loaded?.kind) {
    case 'ready':
      return loaded.session.election.name
    case 'closed':
      return loaded.paper.title
    default:
      return ''
  }
}

const nothingKeys = {
  missing: 'vote.nothing.missing',
  unreadable: 'vote.nothing.unreadable',
} as const satisfies Record<string, MessageKey>

/** What stands around every step. */
export function PageFrame({
  organisation,
  title,
  children,
}: {
  organisation: string
  /** Of the election. */
  title: string
  children: ComponentChildren
}) {
  return (
    <>
      <header>
        <p class="organisation">{organisation}</p>
        <LanguageChoice />
      </header>
      <RehearsalNotice title={title} />
      <main id="content">{children}</main>
    </>
  )
}
