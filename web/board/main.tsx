import { render } from 'preact'
import '../shared/page.css'
import './board.css'
import { slugOfAddress } from '../shared/addresses.ts'
import { BoardPage } from './board-page.tsx'

render(<BoardPage slug={slugOfAddress()} />, document.getElementById('page')!)
