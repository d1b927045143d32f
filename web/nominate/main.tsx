import { render } from 'preact'
import '../shared/page.css'
import './nominate.css'
import { NominatePage } from './nominate-page.tsx'
import { nomineeOfAddress } from './nomination.ts'

render(<NominatePage nominee={nomineeOfAddress()} />, document.getElementById('page')!)
