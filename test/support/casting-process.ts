// node test/support/casting-process.ts BALLOTS: casts each line of a file, as many voters at once would, into the file of
// URNA_FILE with the passphrase of URNA_PASSPHRASE. Prints what each voter is told: outcome and tracking code.
import { readFileSync } from 'node:fs'
import { systemClock } from '../../src/clock.ts'
import { findElection } from '../../src/election/find-election.ts'
import { openUnitOfWork } from '../../src/store/unit-of-work.ts'
import { openCastingThread } from '../../src/voting/casting-thread.ts'

const file = { path: process.env.URNA_FILE!, passphrase: process.env.URNA_PASSPHRASE!, officer: 'server' }
const { work, close } = await openUnitOfWork({ ...file, clock: systemClock })
const { slug } = await work.read((tx) => findElection(tx, undefined))
await close()

const ballots = readFileSync(process.argv[2]!, 'utf8').split('\n')
const casting = openCastingThread(file)
const voters = Array.from({ length: 40 }, async () => {
  for (let ballot = ballots.pop(); ballot !== undefined; ballot = ballots.pop()) {
    const verdict = await casting.cast(slug, { ballot, address: '192.0.2.1' })
    const told = verdict.outcome === 'refused' ? verdict.code : verdict.trackingCode
    process.stdout.write(`${verdict.outcome} ${told}\n`)
  }
})
await Promise.all(voters)
await casting.close()
