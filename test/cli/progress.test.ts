import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const module = fileURLToPath(new URL('../../src/cli/progress.ts', import.meta.url))
const longWork = `
  import { startProgress } from ${JSON.stringify(module)}
  process.stderr.isTTY = true
  startProgress('Long work', 10).update(1)
  console.log('at work')
  setTimeout(() => console.log('went on'), 5000)`

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops long work at once, and leaves the terminal as it was',
  async (signal) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', longWork])
    const printed = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed.stderr += text
    })
    await once(child.stdout, 'data')
    child.kill(signal)
    const [, endedBy] = await once(child, 'close')
    expect(endedBy).toBe(signal)
    expect(printed.stdout).toBe('at work\n')
    expect(printed.stderr).toContain('Long work')
    // Neither is the cursor hidden nor are long lines cut: nobody would be left to undo it.
    for (const hidden of ['[?25l', '[?7l']) expect(printed.stderr).not.toContain(hidden)
  },
)
