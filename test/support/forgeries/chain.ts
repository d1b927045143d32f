import { type ArchiveRecord, openingBytes, recordOf } from '../../../src/sealing/archive.ts'
import { type BoardHead, type BoardStep, ballotRecords, resultRecords } from '../../../src/sealing/board.ts'
import { loadGroup } from '../../../src/sealing/group-sodium.ts'
import { archiveOfRecords, changedAt, held, rechained } from '../forger.ts'
import { boardSteps } from '../held-election.ts'
import type { ArchiveForgery } from './forgery.ts'

const group = await loadGroup()
const steps = boardSteps(group, held.texts)
const [setup, ballot] = steps as [BoardStep, BoardStep]
const [firstBallot, secondBallot] = held.texts.ballots as [string, string]
const noHash = '0'.repeat(64)
const otherHash = () => noHash

/** Of the first trustee, in the chain of `held`. */
const shuffle = 7

const upTo = (height: number): ArchiveRecord[] => steps.slice(0, height + 1).flatMap(({ records }) => records)
const data = (text: string) => recordOf(group, 'data', text)

/** The setup, and after it a ballot on another head. */
function castAfter(head: BoardHead): Uint8Array {
  return archiveOfRecords([...setup.records, ...ballotRecords(group, head, firstBallot).records])
}

/** Each breaks one rule of the chain of events, or of the small pieces of data that tie it together. */
export const chainForgeries: readonly ArchiveForgery[] = [
  { does: 'tells nothing at all', archive: () => openingBytes(0), check: 'chain', reason: 'no-events' },
  {
    does: 'hands in another archive than the one that was verified before',
    archive: () => archiveOfRecords(upTo(12)),
    since: { bytes: 512, sha256: noHash, head: setup.head },
    check: 'chain',
    reason: 'not-what-was-verified-before',
    place: { file: `${setup.head.hash}.event.json`, height: 0 },
  },
  {
    does: 'has an event say more than events do',
    archive: () => {
      const more = setup.records.at(-1)!.body.replace('{', '{"x":1,')
      return archiveOfRecords([...setup.records, recordOf(group, 'event', more)])
    },
    check: 'chain',
    reason: 'event-malformed',
    place: { height: 1 },
  },
  {
    does: 'publishes a result before anybody voted',
    archive: () => {
      const { records } = resultRecords(group, setup.head, held.texts.result)
      return archiveOfRecords([...setup.records, ...records])
    },
    check: 'chain',
    reason: 'event-out-of-turn',
    place: { height: 1 },
  },
  {
    does: 'publishes the result once more',
    archive: () => {
      const { records } = resultRecords(group, steps.at(-1)!.head, held.texts.result)
      return archiveOfRecords([...upTo(12), ...records])
    },
    check: 'chain',
    reason: 'event-out-of-turn',
    place: { height: 13 },
  },
  {
    does: 'takes a ballot out and leaves the rest',
    archive: () => {
      const { records } = ballotRecords(group, ballot.head, secondBallot)
      return archiveOfRecords([...setup.records, ...records])
    },
    check: 'chain',
    reason: 'parent-is-not-the-event-before',
    place: { height: 1 },
  },
  {
    does: 'counts an event that is not there',
    archive: () => castAfter({ ...setup.head, height: 1 }),
    check: 'chain',
    reason: 'height-is-not-one-more',
    place: { height: 1 },
  },
  {
    does: 'puts a ballot in the place of another and leaves its event',
    archive: () => archiveOfRecords([...setup.records, data(secondBallot), ballot.records.at(-1)!]),
    check: 'chain',
    reason: 'payload-is-not-the-data-before',
    place: { height: 1 },
  },
  {
    does: 'leaves out what was shuffled',
    archive: () => rechained(held.texts, shuffle, ([, owned]) => [owned!]),
    check: 'chain',
    reason: 'data-missing',
    place: { height: shuffle },
  },
  {
    does: 'leaves out the list of tokens',
    archive: () =>
      rechained(held.texts, 0, ([election, trustees, , named]) => [election!, trustees!, named!]),
    check: 'chain',
    reason: 'data-missing',
    place: { height: 0 },
  },
  {
    does: 'opens the election with its description alone',
    archive: () => rechained(held.texts, 0, ([election]) => [election!]),
    check: 'chain',
    reason: 'data-missing',
    place: { height: 0 },
  },
  {
    does: 'opens the election with nothing',
    archive: () => rechained(held.texts, 0, () => []),
    check: 'chain',
    reason: 'data-missing',
    place: { height: 0 },
  },
  {
    does: 'leaves out the certificate that the setup names',
    archive: () =>
      rechained(held.texts, 0, ([election, trustees, credentials, named]) => [
        ...[election!, trustees!, credentials!],
        changedAt(named!, ['credentials_certificate'], otherHash),
      ]),
    check: 'chain',
    reason: 'data-missing',
    place: { height: 0 },
  },
  {
    does: 'gives a shuffle to an owner who can be none',
    archive: () =>
      rechained(held.texts, shuffle, ([work, owned]) => [work!, changedAt(owned!, ['owner'], () => 0)]),
    check: 'chain',
    reason: 'data-malformed',
    place: { height: shuffle },
  },
  {
    does: 'has the setup name more than it may',
    archive: () =>
      rechained(held.texts, 0, ([election, trustees, credentials, named]) => [
        ...[election!, trustees!, credentials!],
        changedAt(named!, ['note'], otherHash),
      ]),
    check: 'chain',
    reason: 'data-malformed',
    place: { height: 0 },
  },
  {
    does: 'has the setup name other tokens than those beside it',
    archive: () =>
      rechained(held.texts, 0, ([election, trustees, credentials, named]) => [
        ...[election!, trustees!, credentials!],
        changedAt(named!, ['credentials'], otherHash),
      ]),
    check: 'chain',
    reason: 'data-is-not-what-is-named',
    place: { height: 0 },
  },
  {
    does: 'has an owner stand by another shuffle than the one beside it',
    archive: () =>
      rechained(held.texts, shuffle, ([work, owned]) => [work!, changedAt(owned!, ['payload'], otherHash)]),
    check: 'chain',
    reason: 'data-is-not-what-is-named',
    place: { height: shuffle },
  },
  {
    does: 'adds something at the end',
    archive: () => archiveOfRecords([...upTo(12), data('"by the way"')]),
    check: 'chain',
    reason: 'data-not-referred-to',
    place: { height: 13 },
  },
  {
    does: 'adds something to a ballot',
    archive: () => rechained(held.texts, 1, ([cast]) => ['"by the way"', cast!]),
    check: 'chain',
    reason: 'data-not-referred-to',
    place: { height: 1 },
  },
  {
    does: 'adds something to the setup',
    archive: () =>
      rechained(held.texts, 0, ([election, trustees, credentials, named]) => [
        ...[election!, trustees!, credentials!],
        ...['"by the way"', named!],
      ]),
    check: 'chain',
    reason: 'data-not-referred-to',
    place: { height: 0 },
  },
  {
    does: 'writes data without end and never an event',
    archive: () => archiveOfRecords(Array.from({ length: 9 }, (_, i) => data(String(i)))),
    check: 'chain',
    reason: 'data-not-referred-to',
    place: { height: 0 },
  },
]
