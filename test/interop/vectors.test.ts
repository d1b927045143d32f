import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { vectorsFolder } from '../support/corpus.ts'
import { findOracle } from '../support/oracle.ts'

const vectors = vectorsFolder()
const oracle = findOracle()

// What the oracle says must be known before our archives are given to it: an oracle that accepts everything
// would prove nothing.
describe.skipIf(vectors === undefined || oracle === undefined)(
  'the other implementation (skipped: no corpus or no oracle)',
  () => {
    const archives = globSync('*.bel', { cwd: vectors ?? '.' }).sort()

    test.each(archives.filter((name) => !name.startsWith('forged')))(
      'accepts %s and each ballot in it',
      async (name) => {
        const answer = await oracle?.verify(join(vectors ?? '', name))
        expect(answer?.archive).toMatchObject({ accepted: true })
        expect(answer?.ballots.length).toBeGreaterThan(0)
        for (const ballot of answer?.ballots ?? []) expect(ballot).toMatchObject({ accepted: true })
      },
    )

    test.each(archives.filter((name) => name.startsWith('forged')))(
      'lets the archive %s pass but refuses a ballot in it',
      async (name) => {
        const answer = await oracle?.verify(join(vectors ?? '', name))
        expect(answer?.archive).toMatchObject({ accepted: true })
        expect(answer?.ballots.filter((ballot) => !ballot.accepted).length).toBeGreaterThan(0)
      },
    )
  },
)
