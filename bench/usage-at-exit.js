// Preloaded into the process that bench/count.ts times: writes its peak memory to a file when it ends.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  writeFileSync(process.env.URNA_BENCH_USAGE, String(process.resourceUsage().maxRSS))
})
