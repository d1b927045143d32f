import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { StageName } from '../support/faults/plays.ts'
import { runPlainly } from '../support/faults/process.ts'
import { Stages } from '../support/faults/stages.ts'
import { stateIn } from '../support/faults/trials.ts'

const all = process.env.URNA_FAULTS === '1'

/** A backup is made at each of these, and the file is lost at the last. */
const way: readonly StageName[] = all
  ? [
      ...(['founded', 'draft', 'issued', 'open', 'voted', 'closing', 'closed', 'shuffled'] as const),
      ...(['decrypted', 'tallied', 'announced', 'published', 'certified'] as const),
    ]
  : ['founded', 'draft', 'issued', 'open', 'voted']
const end = way.at(-1)!

/** Of backup, restore and audit verify. */
interface Answer {
  readonly entries?: number
  readonly head?: string
  readonly ballots?: number
  readonly error?: { code: string; message: string; details: Record<string, unknown> }
}

describe.skipIf(!all)('a file that is lost', () => {
  const stages = new Stages()
  afterAll(() => stages.remove())

  async function run(folder: string, ...argv: string[]) {
    const { status, stdout } = await runPlainly(folder, [...argv, '--json'])
    const answer = JSON.parse(stdout) as Answer
    return { status, ...answer }
  }

  test.each(way.slice(0, -1))(
    'is restored as it was when %s, and what came since is told',
    { timeout: 240_000 },
    async (at) => {
      const early = await stages.copy(at)
      const folder = await stages.copy(end)
      const made = await run(early, 'backup', '--out', join(folder, 'safe.urna'))
      expect(made.status).toBe(0)
      const { entries: latest = 0, head = '' } = await run(folder, 'audit', 'verify')

      // Over the newer file: not without being told.
      const refused = await run(folder, 'restore', 'safe.urna', '--to', 'club.urna')
      expect(refused).toMatchObject({
        ...{ status: 4, error: { code: 'confirmation-needed' } },
      })
      expect(refused.error?.details).toMatchObject({ entries: latest - Number(made.entries) })
      expect((await run(folder, 'audit', 'verify')).head).toBe(head)

      for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `club.urna${suffix}`), { force: true })
      expect(await run(folder, 'restore', 'safe.urna', '--to', 'club.urna')).toMatchObject({
        ...{ status: 0, replaced: null, ballots: made.ballots, entries: Number(made.entries) + 1 },
      })
      await stateIn(folder)
      expect((await run(folder, 'audit', 'verify', '--head', String(made.head))).status).toBe(0)

      // Whoever kept a later head learns what is missing.
      const missing = await run(folder, 'audit', 'verify', '--head', head)
      expect(missing).toMatchObject({ status: 6, error: { code: 'audit-log-broken' } })
      expect(missing.error?.message).toContain('or ends before it')
      for (const each of [early, folder]) rmSync(each, { recursive: true })
    },
  )
})
