import { render } from 'preact'
import '../shared/page.css'
import './vote.css'
import { slugOfAddress } from '../shared/addresses.ts'
import { takeAddressToken, tokenOfLink } from './address-token.ts'
import { VotePage } from './vote-page.tsx'
import { votingServer } from './voting-server.ts'
import { deskInWorker } from './worker-desk.ts'

const given = takeAddressToken()
const page = document.getElementById('page')!
// A link that is pasted into this very tab changes the fragment alone: the page begins anew, and takes it out.
addEventListener('hashchange', () => {
  if (tokenOfLink(location.hash) !== '') location.reload()
})
render(
  <VotePage server={votingServer(slugOfAddress())} desk={deskInWorker(workers.seal)} given={given} />,
  page,
)
