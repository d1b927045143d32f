import type { ReceivedFile } from '../tally/receive-files.ts'
import { printable } from './output.ts'

/** How people call what a trustee makes. */
export const kindNames: Readonly<Record<ReceivedFile['kind'], string>> = {
  certificate: 'certificate',
  shares: 'shares',
  public_key: 'public key',
  rehearsal: 'rehearsal',
  shuffle: 'shuffle',
  decryption: 'decryption',
}

/** What the officer reads of a file that a trustee sent. */
export function receivedLine(one: ReceivedFile): string {
  const name = printable(one.trustee.name)
  const what = `the ${kindNames[one.kind]} of ${name}`
  const file = printable(one.file)
  if (one.enough) {
    return `✓ ${file}: ${what} is right, and not needed: enough of the group have done their part. It is left out.`
  }
  if (!one.changed) return `✓ ${file}: ${what} was already received.`
  const onBoard = one.kind === 'shuffle' || one.kind === 'decryption'
  return onBoard ? `✓ ${file}: ${what} holds, and is on the board.` : `✓ ${file}: ${what} holds.`
}

/** What is still to come in this step, and the command that follows. */
export function afterReceived(last: ReceivedFile | undefined): { note: string | undefined; next: string } {
  if (last === undefined) return { note: undefined, next: 'urna trustee list' }
  const { election } = last
  if (last.awaited === null) return { note: undefined, next: `urna tally run ${election}` }
  if (last.awaited.length > 0) {
    return {
      note: `Still awaited: ${last.awaited.map(printable).join(', ')}.`,
      next: `urna trustee receive FILE… --election ${election}`,
    }
  }
  return last.kind === 'rehearsal'
    ? { note: 'Every trustee has shown that the key works.', next: `urna doctor ${election}` }
    : { note: 'Everybody has answered.', next: `urna trustee message ${election}` }
}
