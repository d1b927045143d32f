// A second verifier of Belenios archives (protocol version 1, group Ed25519), which shares no code with urna: written from
// the specification alone, with another library for the group, to be read as the description of what is checked.
//
//   node tools/second-verifier/verify.js ARCHIVE.bel [--json]
//
// It says in one sentence what it checked, until something does not hold. Exit status: 0 everything holds, as far as the
// election is; 6 something does not; 2 there is nothing to read.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { readChain, readTar } from './archive.js'
import { ballotReader } from './ballot.js'
import { checkPublicKey, readCredentials, readElection, readTrustees } from './election.js'
import { ensure, Refused } from './shape.js'
import { applyShuffles, checkResult, checkTally, lastBallots, readDecryptions, tallyOf } from './tally.js'

/** What can follow what. Votes that are opened one by one must be shuffled before; others cannot be. */
const course = /^Setup( Ballot)*( EndBallots( EncryptedTally( PartialDecryption)*)?)?$/
const courseWithShuffles =
  /^Setup( Ballot)*( EndBallots( EncryptedTally(( Shuffle)+( EndShuffles( PartialDecryption)*)?)?)?)?$/

/**
 * @param bytes the whole archive
 * @returns whether it holds, each check with its sentence and, of the one that failed, the reason
 */
export function verifyArchive(bytes) {
  const checks = []
  try {
    checkAll(bytes, (sentence, check) => {
      checks.push({ sentence, holds: false })
      const found = check()
      checks[checks.length - 1].holds = true
      return found
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { holds: false, checks, reason: error.message }
  }
  return { holds: true, checks }
}

function checkAll(bytes, check) {
  const files = check('The archive, written again from its files, is the same to the byte.', () =>
    readTar(bytes),
  )
  const events = check('Each event names the one before, and each file its own content.', () =>
    readChain(files),
  )
  const of = (type) => events.filter((event) => event.type === type)
  const [setup] = events
  ensure(setup.type === 'Setup', 'the first event is not the setup')

  const election = check('The election asks what can be answered.', () => readElection(setup.election))
  const trustees = check(
    'Each trustee proves to know their key, and the shares of threshold keys fit together.',
    () => readTrustees(setup.trustees),
  )
  check('Ballots are sealed with the keys of all trustees together.', () =>
    checkPublicKey(election, trustees),
  )
  const weights = check(
    'The credentials are sorted and all different, and their weights can be counted.',
    () => readCredentials(setup.credentials, election),
  )
  check(
    'The events come in their order: ballots, tally, shuffles where they must be, decryptions, result.',
    () => {
      const shuffled = election.questions.some(({ type }) => type === 'NonHomomorphic')
      const types = events
        .map(({ type }) => type)
        .join(' ')
        .replace(/(PartialDecryption) Result$/, '$1')
      ensure((shuffled ? courseWithShuffles : course).test(types), 'an event comes out of turn')
    },
  )

  const ballots = check(
    'Each ballot is signed by a credential, proves to be well-formed, and is there once.',
    () => {
      const cast = of('Ballot')
      ensure(new Set(cast.map(({ json }) => json)).size === cast.length, 'a ballot is there twice')
      return cast.map(({ json }) => json).map(ballotReader(election, weights))
    },
  )
  const [tallied] = of('EncryptedTally')
  if (tallied === undefined) return
  const counted = lastBallots(ballots)
  const tally = tallyOf(counted, election, weights)
  const totalWeight = check(
    'What is opened is the sum of the last ballots of each credential, by their weights.',
    () => checkTally(tallied, tally, counted, weights),
  )
  const shuffled = check('Whoever shuffled the votes proves to have changed, added and dropped none.', () =>
    applyShuffles(tally, of('Shuffle'), election, trustees),
  )
  const decryptions = check('Whoever decrypted proves to have decrypted just that, with their own key.', () =>
    readDecryptions(shuffled, of('PartialDecryption'), election, trustees),
  )
  const [result] = of('Result')
  if (result === undefined) return
  check('As many trustees decrypted as are needed, and the published result is what that makes.', () =>
    checkResult(result.json, shuffled, decryptions, election, trustees, totalWeight),
  )
}

function main([path, ...options]) {
  if (path === undefined || options.some((option) => option !== '--json')) {
    process.stderr.write('Usage: node verify.js ARCHIVE.bel [--json]\n')
    return 2
  }
  const verdict = verifyArchive(readFileSync(path))
  if (options.includes('--json')) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`)
  else {
    for (const { sentence, holds } of verdict.checks)
      process.stdout.write(`${holds ? '✓' : '✗'} ${sentence}\n`)
    process.stdout.write(verdict.holds ? 'Everything holds.\n' : `This does not hold: ${verdict.reason}.\n`)
  }
  return verdict.holds ? 0 : 6
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = main(process.argv.slice(2))
