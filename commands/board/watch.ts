import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import type { Look } from '../../src/audit/watch/look-at-board.ts'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  address: z.string(),
  folder: z.string(),
  looks: z.int().nonnegative(),
  last: z
    .strictObject({
      outcome: z.enum(['first', 'grown', 'same']),
      head: z.strictObject({ hash: z.string(), height: z.int().nonnegative() }),
      stage: z.string().nullable(),
      ballots: z.int().nonnegative().nullable(),
      /** Of the audit log, as the board tells it; null where it tells none. */
      auditHead: z.string().nullable(),
    })
    .nullable(),
})

export default class BoardWatch extends UrnaCommand {
  static override summary = 'Keep a copy of a public board, and raise the alarm if its history changes.'
  static override description =
    'No .urna file and no secret is needed. Downloads the public archive from a server of urna, verifies what is new, and keeps it, with each head of the audit log that the board tells. If a ballot disappears or is altered, if the board does not go on from what is known, if what is new does not hold, or if the audit log no longer has a head that was told, it ends with status 6, says what changed, and keeps what it found beside what it knew. Stop it with Ctrl-C.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> https://vote.example.org/board/board-2026 --keep board-2026',
    '<%= config.bin %> <%= command.id %> https://vote.example.org/board/board-2026 --keep board-2026 --once',
  ]
  static override args = {
    url: Args.string({ description: 'The address of the board’s page.', required: true }),
  }
  static override flags = {
    keep: Flags.string({ description: 'The folder for the copy.', required: true, helpValue: 'FOLDER' }),
    every: Flags.integer({ description: 'Seconds between two looks.', min: 1, max: 86_400, default: 60 }),
    once: Flags.boolean({ description: 'Look once and end; status 8 if the server can not be reached.' }),
    jobs: Flags.integer({
      description: 'How many processor cores to use; all of them unless you say fewer.',
      min: 1,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(BoardWatch)
    const [{ archiveAddress }, { lookAtBoard }, { watchBoard }, { untilStopped }, { systemClock: clock }] =
      await Promise.all([
        import('../../src/audit/watch/board-address.ts'),
        import('../../src/audit/watch/look-at-board.ts'),
        import('../../src/audit/watch/watch-board.ts'),
        import('../../src/cli/until-stopped.ts'),
        import('../../src/clock.ts'),
      ])
    const address = archiveAddress(args.url)
    const { keep: folder, every, jobs } = flags
    if (flags.once) {
      const look = await lookAtBoard({ address, folder, jobs, clock, believe: false })
      this.#tell(look)
      this.next(`urna verify ${printable(folder)}/archive.bel`)
      return { address, folder, looks: 1, last: plain(look) }
    }
    const stopping = new AbortController()
    untilStopped().then(() => stopping.abort())
    this.note(`Watching ${address} every ${countOf(every, 'second')}. Stop it with Ctrl-C.`)
    let looks = 0
    let last: Look | undefined
    for await (const watched of watchBoard({
      address,
      folder,
      every,
      jobs,
      clock,
      signal: stopping.signal,
    })) {
      if (watched.kind === 'unreachable') {
        this.note(`${watched.message} Trying again in ${countOf(watched.seconds, 'second')}.`)
        continue
      }
      looks += 1
      last = watched.look
      if (looks === 1 || last.outcome !== 'same') this.#tell(last)
    }
    this.next(`urna verify ${printable(folder)}/archive.bel`)
    return { address, folder, looks, last: last === undefined ? null : plain(last) }
  }

  #tell({ outcome, events, head, verification, auditHead }: Look): void {
    const ballots = verification === null ? '' : ` ${countOf(verification.ballots, 'ballot')} in all.`
    const what = {
      first: `Kept: ${countOf(events, 'event')}, and everything holds.`,
      grown: `${countOf(events, 'new event')}, after what was known, and everything holds.`,
      same: 'Nothing changed.',
    }[outcome]
    this.say(`${what}${ballots}`)
    this.say(`Head         ${head.hash} (event ${head.height})`)
    if (auditHead !== null) this.say(`Audit log    ${auditHead}`)
  }
}

function plain({ outcome, head, verification, auditHead }: Look): z.infer<typeof output>['last'] {
  return {
    outcome,
    head: { ...head },
    stage: verification?.stage ?? null,
    ballots: verification?.ballots ?? null,
    auditHead,
  }
}
