// Mutation testing of the protocol and its verifier: changes the sources in one small way after the other and looks
// whether a test fails. `npm run mutate` runs all groups, `npm run mutate -- boards threshold` this group and this source;
// docs/mutation.md tells more.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Stryker } from '@stryker-mutator/core'
import { corpusFolder } from '../test/support/corpus.ts'

/**
 * The sources of each group, and the tests that should notice; few, for each mutant runs all of them that reach it. With
 * the corpus, where what other software made pins a constant that sealing and verifying have in common.
 */
const groups = {
  verifier: {
    mutate: ['verification', 'setup-verification', 'ballot-box-verification', 'tally-verification'],
    tests: ['verification', 'verified-prefix', 'many-ballots'],
  },
  report: {
    mutate: ['verification-report', 'verified-prefix', 'board-cursor'],
    tests: ['verification-report', 'verified-prefix', 'many-ballots'],
  },
  shuffles: {
    corpus: true,
    mutate: ['shuffle-verification', 'shuffle-proof', 'election-shuffle', 'generators', 'shuffle'],
    tests: ['shuffle', 'election-shuffle', 'generators', 'challenge'],
  },
  boards: {
    mutate: ['board-reader', 'archive-reader', 'tar', 'archive', 'board', 'board-data', 'event'],
    tests: ['archive', 'board', 'event', 'tar'],
  },
  ballots: {
    corpus: true,
    mutate: ['ballot', 'answer', 'question', 'election', 'transcript'],
    tests: [
      'ballot',
      'election',
      'homomorphic-answer',
      'list-answer',
      'non-homomorphic-answer',
      'hashed-strings',
    ],
  },
  proofs: {
    mutate: [
      ...['proof', 'disjunction', 'interval-proof', 'blank-proof', 'nonzero-proof', 'opening'],
      ...['homomorphic-answer', 'list-answer', 'non-homomorphic-answer'],
    ],
    tests: [
      'disjunction',
      'nonzero-proof',
      'homomorphic-answer',
      'list-answer',
      'non-homomorphic-answer',
      'wiped-secrets',
      'hashed-strings',
    ],
  },
  texts: {
    corpus: true,
    mutate: ['canonical-json', 'encoding', 'bytes', 'shape', 'credential', 'secret-decimal', 'embedding'],
    tests: [
      'bytes',
      'canonical-json',
      'encoding',
      'shape',
      'credential',
      'secret-decimal',
      'embedding',
      'wiped-secrets',
      'hashed-strings',
    ],
  },
  ceremony: {
    corpus: true,
    mutate: [
      ...['threshold', 'polynomial', 'commitments', 'share', 'sealed-message', 'signed-message'],
      ...['certificate', 'ceremony-keys', 'trustee', 'trustee-key'],
    ],
    tests: ['ceremony', 'threshold', 'trustee', 'trustee-key', 'wiped-secrets', 'hashed-strings'],
  },
  opening: {
    corpus: true,
    mutate: ['decryption', 'combination', 'encrypted-tally', 'result', 'ciphertext', 'rehearsal'],
    tests: [
      'decryption',
      'combination',
      'encrypted-tally',
      'result',
      'rehearsal',
      'wiped-secrets',
      'hashed-strings',
    ],
  },
  group: {
    mutate: ['group-sodium', 'crew', 'discrete-logarithm', 'random-below', 'sodium', 'sodium-sumo'],
    tests: ['group-sodium', 'discrete-logarithm', 'random-below'],
  },
  archives: {
    mutate: ['src/tally/verify-archive', 'src/tally/verify-clear-archive', 'src/election/verify-certificate'],
    tests: [
      'test/tally/verify',
      'test/tally/archive-file',
      'test/tally/clear-election',
      'test/election/certificate',
    ],
  },
}

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = `${root}reports/mutation`
const within = (folder, name) => (name.includes('/') ? name : `${folder}/sealing/${name}`)
const corpus = corpusFolder()

const wanted = process.argv.slice(2)
mkdirSync(reports, { recursive: true })
for (const name of wanted.length > 0 ? wanted : Object.keys(groups)) {
  const found = groups[name] ?? Object.values(groups).find(({ mutate }) => mutate.includes(name))
  if (found === undefined) throw new Error(`no group and no source of one: ${name}`)
  const { mutate, tests, corpus: fromElsewhere } = found
  const sources = mutate.includes(name) ? [name] : mutate
  process.env.URNA_CORPUS = fromElsewhere && corpus !== undefined ? corpus : `${root}none`
  process.env.URNA_MUTATION_TESTS = tests.map((test) => `${within('test', test)}.test.ts`).join(' ')
  const mutants = await new Stryker({
    mutate: sources.map((source) => `${within('src', source)}.ts`),
  }).runMutationTest()
  writeFileSync(`${reports}/${name}.txt`, reportOf(mutants))
  process.stdout.write(reportOf(mutants))
}

/** By file how many of its mutants were noticed, and those that were not. */
function reportOf(mutants) {
  const counted = mutants.filter(({ status }) => status !== 'Ignored')
  const files = Map.groupBy(counted, ({ fileName }) => fileName.slice(fileName.lastIndexOf('src/')))
  return [...files]
    .map(([file, found]) => {
      const alive = found.filter(({ status }) => !['Killed', 'Timeout'].includes(status))
      const score = (100 * (1 - alive.length / found.length)).toFixed(1)
      const lines = alive.map(
        ({ status, location, mutatorName, replacement }) =>
          `  ${status} ${location.start.line}:${location.start.column} ${mutatorName} ${replacement?.replaceAll(/\s+/g, ' ')}\n`,
      )
      return `${file}: ${found.length - alive.length} of ${found.length}, ${score} %\n${lines.join('')}`
    })
    .join('')
}
