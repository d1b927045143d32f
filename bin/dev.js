#!/usr/bin/env node
// Runs urna from its sources: builds them first (a fraction of a second), then starts as bin/run.js does.
import { build } from '../tools/build.js'

await build()
await import('./run.js')
