import { render } from 'preact'
import '../shared/page.css'
import './officer.css'
import { slugOfAddress } from '../shared/frame.tsx'
import { OfficerPage } from './officer-page.tsx'

render(<OfficerPage wanted={slugOfAddress()} />, document.getElementById('page')!)
