import { render } from 'preact'
import '../shared/page.css'

render(<main id="content" />, document.getElementById('page')!)
