import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { FileCommand } from '../src/cli/file-command.ts'
import { systemClock } from '../src/clock.ts'
import { type ElectionStatus, outputOfStatus, statusOutput } from '../src/tally/election-status.ts'

export const output = statusOutput

export default class Status extends FileCommand {
  static override summary = 'Show on one screen how it stands with every election that is not over.'
  static override description =
    'Turnout in all, over time and by unit (small units merged), how long it still is, what waits for somebody, and what comes next. Never how anybody voted. With --watch it stays and renews itself, until Ctrl-C.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> board-2026 --watch',
  ]
  static override args = {
    election: Args.string({
      description: 'Short name of the election; without it, all that are not archived or cancelled.',
    }),
  }
  static override flags = {
    watch: Flags.boolean({ description: 'Stay, and renew it.', exclusive: ['json'] }),
    every: Flags.integer({
      description: 'Seconds between two looks with --watch.',
      ...{ min: 1, max: 3600, default: 5 },
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Status)
    return this.withFile(flags, async (work) => {
      const { readStatus } = await import('../src/tally/election-status.ts')
      let statuses = await readStatus(work, args.election)
      await this.#show(statuses)
      if (flags.watch) {
        const [{ setTimeout: sleep }, { untilStopped }] = await Promise.all([
          import('node:timers/promises'),
          import('../src/cli/until-stopped.ts'),
        ])
        const stopping = new AbortController()
        const { signal } = stopping
        untilStopped().then(() => stopping.abort())
        while (await sleep(1000 * flags.every, true, { signal }).catch(() => false)) {
          statuses = await readStatus(work, args.election)
          if (process.stdout.isTTY) process.stdout.write(clearScreen)
          await this.#show(statuses)
        }
      }
      return outputOfStatus(systemClock.now(), statuses)
    })
  }

  async #show(statuses: readonly ElectionStatus[]): Promise<void> {
    const { statusLines } = await import('../src/cli/status-lines.ts')
    if (statuses.length === 0) {
      this.say('No election is under way.')
      this.next('urna election create')
    }
    for (const [index, status] of statuses.entries()) {
      if (index > 0) this.say()
      for (const line of statusLines(status, systemClock.now())) this.say(line)
    }
  }
}

/** Moves to the top left and clears what follows, so that the picture does not jump. */
const clearScreen = '\u001b[H\u001b[J'
