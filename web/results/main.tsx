import { render } from 'preact'
import '../shared/page.css'
import './results.css'
import { reportStyle } from '../../src/report/html/style.ts'
import { slugOfAddress } from '../shared/addresses.ts'
import { ResultsPage } from './results-page.tsx'

// The very style of `urna count --html`, in a way that needs no inline style.
const sheet = new CSSStyleSheet()
sheet.replaceSync(reportStyle)
document.adoptedStyleSheets = [sheet]

render(<ResultsPage slug={slugOfAddress()} />, document.getElementById('page')!)
