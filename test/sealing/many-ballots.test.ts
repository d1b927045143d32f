import { describe, expect, test } from 'vitest'
import { type Crew, crewOfOne, type Faults } from '../../src/sealing/crew.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { verifyArchive } from '../../src/sealing/verification.ts'
import { changedAt, held } from '../support/forger.ts'
import { archiveOf, boardSteps } from '../support/held-election.ts'

const group = await loadGroup()

/** As many ballots, each in its own words: the number that answers the signature is not signed. */
const ballots = Array.from({ length: 1100 }, (_, i) =>
  changedAt(held.texts.ballots[0]!, ['signature', 'proof', 'response'], () => String(i)),
)
const setup = boardSteps(group, held.texts).slice(0, 1)
const steps = boardSteps(group, { ...held.texts, ballots }).slice(0, 1 + ballots.length)

/** Who finds fault with some of the ballots, by their place from 0, whatever they prove. */
function watchedCrew(wrong: readonly number[]) {
  const batches: number[] = []
  let place = 0
  const crew: Crew = {
    ...crewOfOne(group),
    async verifyBallots(_, texts): Promise<Faults> {
      if (texts.length > 0) batches.push(texts.length)
      return texts.map(() =>
        wrong.includes(place++) ? { refused: 'wrong-signature', place: 'signature.proof' } : undefined,
      )
    },
  }
  return { crew, batches }
}

describe('a box of many ballots', () => {
  test('is verified some hundreds at a time, each ballot once', async () => {
    const { crew, batches } = watchedCrew([])
    const report = await verifyArchive(group, [archiveOf(steps)], { crew })
    expect(report).toMatchObject({ outcome: 'verified', ballots: 1100, recasts: 1099 })
    expect(batches).toEqual([512, 512, 76])
  })

  test.each([
    ['among the first', [7, 900]],
    ['the last of the first', [511, 512]],
    ['the first of those after', [512, 1099]],
    ['the last of all', [1099]],
  ])('is refused for the first that fails: %s', async (_, wrong) => {
    const { crew } = watchedCrew(wrong)
    const report = await verifyArchive(group, [archiveOf(steps)], { crew })
    expect(report).toMatchObject({ outcome: 'failed', ballots: wrong[0] })
    expect(report.checks.find(({ id }) => id === 'ballots')).toMatchObject({
      reason: 'wrong-signature',
      place: { height: wrong[0]! + 1, part: 'signature.proof' },
    })
  })

  test('is refused for its ballots and for the chain that breaks after them', async () => {
    const broken = archiveOf([...steps.slice(0, 600), ...setup])
    const verdict = async (wrong: readonly number[]) => {
      const { checks } = await verifyArchive(group, [broken], watchedCrew(wrong))
      const failed = checks.flatMap(({ id, reason }) => (reason === undefined ? [] : `${id} ${reason}`))
      return { failed, ballots: checks.find(({ id }) => id === 'ballots')?.outcome }
    }
    const chain = 'chain event-out-of-turn'
    expect(await verdict([])).toEqual({ failed: [chain], ballots: 'not-reached' })
    expect(await verdict([598])).toEqual({ failed: [chain, 'ballots wrong-signature'], ballots: 'failed' })
  })
})
