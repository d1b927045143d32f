import type { ContinuedWork } from '../tally/ceremony/continue-work.ts'
import { printable } from './output.ts'

/**
 * What a trustee reads after a step: what was done, what to mind, and what comes next.
 *
 * @param sent to which server what was made was sent, and whether it was needed; undefined where the trustee sends it
 */
export function continuedLines(
  work: ContinuedWork,
  sent?: { readonly server: string; readonly enough: boolean },
): { says: string[]; notes: string[]; next: string } {
  const { did, certificates, electionKey } = work
  const [file, keyFile, election] = [work.file, work.keyFile, work.election.name].map(printable)
  const send =
    sent === undefined
      ? `Send this file to the election officer: ${file}`
      : sent.enough
        ? `Sent to ${printable(sent.server)}, which left it out: enough of your group had done their part. ${file}`
        : `Sent to ${printable(sent.server)}, which found it right: ${file}`
  const compare =
    certificates === null
      ? []
      : [
          `Certificates: ${certificates}`,
          'Read them to each other over the telephone: every trustee must have the same digits, or somebody stands between you.',
        ]
  const again = work.changed ? '' : ' It was made before, and is the same.'
  switch (did) {
    case 'certificate':
      return {
        says: [`Round 1 of 3, ${election}: your certificate is made.${again}`, `Your key: ${keyFile}`, send],
        notes: ['Keep the key file, and show it to nobody. Nobody can open anything with it yet.'],
        next: 'when all have sent theirs, the officer sends round 2: urna trustee continue FILE',
      }
    case 'shares':
      return {
        says: [
          `Round 2 of 3, ${election}: all certificates hold; a secret was drawn and shared among you, each share sealed for its trustee.${again}`,
          ...compare,
          send,
        ],
        notes: [],
        next: 'when all have sent theirs, the officer sends round 3: urna trustee continue FILE',
      }
    case 'public_key':
      return {
        says: [
          `Round 3 of 3, ${election}: every share that you were sent follows from what its sender committed to. Your part of the key is in ${keyFile}.${again}`,
          send,
        ],
        notes: ['Make a printed backup now: without enough parts of the key nobody can open the votes.'],
        next: `urna trustee backup ${keyFile}`,
      }
    case 'checked':
      return {
        says: [
          `${election}: every key in the list is proven, yours is among them, and it decrypts.`,
          ...compare,
          ...(electionKey === null ? [] : [`Key of the election: ${electionKey}`]),
          send,
        ],
        notes: ['When the election opens, see that its public file has this key.'],
        next: 'after the close the officer sends the archive: urna trustee continue FILE.bel',
      }
    case 'shuffle':
    case 'decryption':
      return {
        says: [`${election}: the archive holds, and your ${did} is made.${again}`, send],
        notes: [],
        next: `the officer types: urna trustee receive ${file}`,
      }
  }
}
