import { describe, expect, test } from 'vitest'
import { parseCanonical } from '../../src/sealing/canonical-json.ts'
import {
  type BoardStage,
  type EventType,
  eventFormat,
  eventTypes,
  stageAfter,
} from '../../src/sealing/event.ts'

const hash = '18f65d6e6daf190640a60611226c49d25179af33b872fcb59cf681ec907d81f6'
const other = '259837a55c9b3465e7b31ff7f088e26bedcbfd4347df964fecf02378f170d37e'

describe('the text of an event', () => {
  test.each([
    [{ height: 0, type: 'Setup', payload: other }, `{"height":0,"type":"Setup","payload":"${other}"}`],
    [
      { parent: hash, height: 1, type: 'Ballot', payload: other },
      `{"parent":"${hash}","height":1,"type":"Ballot","payload":"${other}"}`,
    ],
    [
      { parent: hash, height: 21, type: 'EndBallots' },
      `{"parent":"${hash}","height":21,"type":"EndBallots"}`,
    ],
  ] as const)('is the one that Belenios writes', (event, text) => {
    expect(eventFormat.write(event)).toBe(text)
    expect(parseCanonical(eventFormat, text)).toEqual({ ok: true, value: event })
  })

  test.each([
    `{"parent":"${hash}","height":01,"type":"EndBallots"}`,
    `{"parent":"${hash}","height":-1,"type":"EndBallots"}`,
    `{"parent":"${hash}","height":1,"type":"endBallots"}`,
    `{"parent":"${hash.toUpperCase()}","height":1,"type":"EndBallots"}`,
    `{"height":1,"parent":"${hash}","type":"EndBallots"}`,
    `{"parent":"${hash}","height":1,"type":"EndBallots","note":"x"}`,
    `{"parent":"${hash}","height":1,"type":"EndBallots","payload":null}`,
    `{"parent":"${hash}", "height":1,"type":"EndBallots"}`,
  ])('is refused as %s', (text) => {
    expect(parseCanonical(eventFormat, text).ok).toBe(false)
  })
})

test('an event of a type that there is not is refused for that', () => {
  expect(parseCanonical(eventFormat, `{"parent":"${hash}","height":1,"type":"Undo"}`)).toEqual({
    ...{ ok: false, malformation: { code: 'wrong-shape', place: 'type' } },
  })
})

describe('the order of events', () => {
  function stageOf(types: readonly EventType[]): BoardStage | undefined {
    return types.reduce<BoardStage | undefined>((stage, type) => stage && stageAfter(stage, type), 'empty')
  }

  test('lets an election with totals only go straight from its tally to its decryption', () => {
    const types: EventType[] = ['Setup', 'Ballot', 'Ballot', 'EndBallots', 'EncryptedTally']
    expect(stageOf(types)).toBe('tallied')
    expect(stageOf([...types, 'PartialDecryption'])).toBe('decrypting')
    expect(stageOf([...types, 'PartialDecryption', 'PartialDecryption', 'Result'])).toBe('finished')
  })

  test('lets an election with rankings be shuffled in between, and says when that is over', () => {
    const types: EventType[] = ['Setup', 'EndBallots', 'EncryptedTally', 'Shuffle', 'Shuffle']
    expect(stageOf(types)).toBe('shuffling')
    expect(stageOf([...types, 'PartialDecryption'])).toBeUndefined()
    expect(stageOf([...types, 'EndShuffles'])).toBe('shuffled')
    expect(stageOf([...types, 'EndShuffles', 'Shuffle'])).toBeUndefined()
    expect(stageOf([...types, 'EndShuffles', 'PartialDecryption', 'Result'])).toBe('finished')
  })

  test.each([
    ['a ballot after the close', ['Setup', 'EndBallots', 'Ballot']],
    ['a ballot before the opening', ['Ballot']],
    ['two openings', ['Setup', 'Setup']],
    ['a tally of open ballots', ['Setup', 'EncryptedTally']],
    ['a result that nobody decrypted', ['Setup', 'EndBallots', 'EncryptedTally', 'Result']],
    ['an end of shuffles without any', ['Setup', 'EndBallots', 'EncryptedTally', 'EndShuffles']],
  ] as [string, EventType[]][])('has no room for %s', (_, types) => {
    expect(stageOf(types)).toBeUndefined()
  })

  test('ends with the result', () => {
    for (const type of eventTypes) expect(stageAfter('finished', type)).toBeUndefined()
  })
})
