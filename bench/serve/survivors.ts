import { execFileSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verifyAuditLog } from '../../src/audit/verify-log.ts'
import { systemClock } from '../../src/clock.ts'
import { closeElection } from '../../src/election/close-election.ts'
import { findElection } from '../../src/election/find-election.ts'
import type { Group } from '../../src/sealing/group.ts'
import { UnitOfWork } from '../../src/store/unit-of-work.ts'
import { openUrnaFile } from '../../src/store/urna-file.ts'
import { runTally } from '../../src/tally/run-tally.ts'
import { writeArchive } from '../../src/tally/write-archive.ts'
import { findOracle } from '../../test/support/oracle.ts'
import { passphrase, slug } from './election.ts'
import type { Load } from './load.ts'

/**
 * Looks for every acknowledged ballot in the file of a server that was killed, closes and counts the election, and
 * has its archive verified: by `urna verify`, and by belenios-tool where it is installed.
 */
export async function checkSurvivors(
  group: Group,
  { path, load, folder, say }: { path: string; load: Load; folder: string; say: (text: string) => void },
): Promise<void> {
  const file = await openUrnaFile({ path, passphrase })
  const work = new UnitOfWork({ file, clock: systemClock, officer: 'bench' })
  const inBox = await work.read(({ db }) => db.selectFrom('ballot').select('tracking_code').execute())
  const known = new Set(inBox.map(({ tracking_code }) => tracking_code))
  const promised = load.answers.filter(({ status }) => status === 201).map((each) => each.trackingCode!)
  const lost = promised.filter((code) => !known.has(code))
  say(
    `killed: ${promised.length} acknowledged, ${load.unanswered} without an answer, ${known.size} in the box, ${lost.length} lost`,
  )
  if (lost.length > 0 || promised.length === 0) process.exitCode = 1
  await verifyAuditLog(work)
  await closeElection({ work, group }, slug)
  await runTally({ work, group }, { slug, seed: 'bench' })
  const archive = join(folder, 'run.bel')
  const descriptor = openSync(archive, 'w')
  await work.read(async (tx) =>
    writeArchive(tx, await findElection(tx, slug), (bytes) => void writeSync(descriptor, bytes)),
  )
  closeSync(descriptor)
  await file.close()
  const urna = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const args = [urna, 'verify', archive, '--complete', '--seed', 'bench', '--json']
  const { outcome } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    outcome: string
  }
  say(`urna verify: ${outcome}`)
  const oracle = findOracle()
  if (oracle === undefined) return say('belenios-tool: not installed (URNA_ORACLE)')
  const { archive: whole, ballots } = await oracle.verify(archive)
  const taken = ballots.filter(({ accepted }) => accepted).length
  say(
    `belenios-tool: the archive is ${whole.accepted ? 'accepted' : `refused: ${whole.said}`}, and ${taken} of ${ballots.length} ballots by themselves`,
  )
  if (!whole.accepted || taken < ballots.length) process.exitCode = 1
}
