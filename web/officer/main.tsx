import { render } from 'preact'
import '../shared/page.css'
import './officer.css'
import { slugOfAddress } from '../shared/addresses.ts'
import { OfficerPage } from './officer-page.tsx'

render(<OfficerPage wanted={slugOfAddress()} />, document.getElementById('page')!)
