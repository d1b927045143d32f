import { render } from 'preact'
import '../shared/page.css'
import './home.css'
import { HomePage } from './home-page.tsx'

render(<HomePage />, document.getElementById('page')!)
