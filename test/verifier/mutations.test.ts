import { expect, test } from 'vitest'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { chanceOf } from '../support/fuzz/chance.ts'
import { mutateArchive } from '../support/fuzz/mutate-archive.ts'
import { archiveOf, boardSteps } from '../support/held-election.ts'
import { smallElections } from '../support/small-elections.ts'
import { verdictsOn } from '../support/two-verifiers.ts'

const group = await loadGroup()
/** Of each election. */
const mutations = Number(process.env.URNA_FUZZ ?? 10)

/** Whoever finds a disagreement finds it again by its seed and number. */
const seed = Number(process.env.URNA_SEED ?? 1)

test.each(Object.keys(smallElections))(
  'of an election %s, whatever is changed, both verifiers say the same',
  async (name) => {
    const held = await smallElections[name]!()
    const original = archiveOf(boardSteps(group, held.texts))
    for (let number = 0; number < mutations; number++) {
      const { kind, mayHold, archive } = mutateArchive(group, held, chanceOf(seed, number))
      const { urna, second, reasons } = await verdictsOn(archive)
      const which = `mutation ${number} of seed ${seed}, of its ${kind}; ${reasons}`
      expect(urna, which).toBe(second)
      const earlier = original.subarray(0, archive.length).equals(archive)
      if (!mayHold && !earlier) expect(urna, which).toBe('does not hold')
    }
  },
  60_000 + 500 * mutations,
)
