import { render } from 'preact'
import '../shared/page.css'
import './vote.css'
import { offlinePageSchema } from '../../src/voting/offline-page-schema.ts'
import { useLanguage } from '../shared/messages.ts'
import { Journey } from './journey.tsx'
import { contestsOnPage } from './paper.ts'
import { openSealingDesk } from './sealing-desk.ts'
import { PageFrame } from './vote-page.tsx'
import type { VotingSession } from './voting-session.ts'

/** The page as one file: no server, no worker, and the same steps. */
function OfflinePage({ session }: { session: VotingSession }) {
  useLanguage()
  return (
    <PageFrame organisation={session.election.organisation} title={session.election.name}>
      <Journey {...{ session }} given="" token={undefined} pending={undefined} />
    </PageFrame>
  )
}

async function start(): Promise<void> {
  const { paper, credentials } = offlinePageSchema.parse(
    JSON.parse(document.getElementById('election')!.textContent),
  )
  const desk = await openSealingDesk()
  const election = await desk.open(paper.election ?? '')
  if (election === undefined) throw new Error('nobody can vote in this election')
  const contests = contestsOnPage(election, paper.contests)
  const session = {
    desk,
    election,
    paper,
    contests,
    server: undefined,
    credentials: credentials ?? undefined,
  }
  render(<OfflinePage session={session} />, document.getElementById('page')!)
}

void start()
