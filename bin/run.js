#!/usr/bin/env node
// Nothing but Node's own modules may be imported before the version is known: the database addon
// crashes an old Node while it loads.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 13)) {
  // Compiled code is kept beside the code itself: who may write there could change urna anyway.
  module.enableCompileCache(fileURLToPath(new URL('../dist/compiled', import.meta.url)))
  const { start } = await import('../dist/src/cli/start.js')
  await start(import.meta.url)
} else {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (existsSync(pinned)) {
    const child = spawnSync(pinned, process.argv.slice(1), { stdio: 'inherit' })
    if (child.signal) process.kill(process.pid, child.signal)
    process.exitCode = child.status ?? 8
  } else {
    console.error(
      `urna needs Node 22.13 or newer; this is Node ${process.versions.node}. Install a newer Node, or run "npm ci" in urna's folder, which brings one.`,
    )
    process.exitCode = 8
  }
}
