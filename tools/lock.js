// Rewrites package-lock.json after a change of dependencies, with the one field that npm drops.
// Why: docs/decisions/0001-what-the-lock-file-must-say.md
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { stdio: 'inherit' })
const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
lock.packages['node_modules/better-sqlite3'].gypfile = false
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
