import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchArchive } from '../../audit/watch/fetch-archive.ts'
import { writeOutputFile } from '../../report/output-file.ts'
import type { Group } from '../../sealing/group.ts'
import { type ContinuedWork, continueBeforeOpening, continueTally } from '../ceremony/continue-work.ts'
import { parseOfficerMessage } from '../ceremony/messages.ts'
import { CeremonyRefused } from '../ceremony/refusals.ts'
import { shuffleSignaturesName } from '../shuffle-signatures.ts'
import { type Invitation, readInvitation } from './invitation.ts'
import { ServerDistrusted, ServerRefuses } from './refusals.ts'
import { type TrusteeServer, trusteeServer } from './trustee-server.ts'
import type { TrusteeTask } from './trustee-task.ts'

/** A step that the server has taken. */
export interface RemoteStep extends ContinuedWork {
  /** Whether enough of the group had done their part without it, so that it was left out. */
  enough: boolean
}

export interface RemoteInput {
  /** Path of the invitation. */
  readonly invitation: string
  readonly keyFile: string | undefined
  /** Where keys are looked for and put, and what is sent. */
  readonly folder: string
  /** Told of each step as soon as the server has taken it. */
  readonly onStep: (step: RemoteStep, server: string) => void
  readonly progress: (label: string, done: number, total: number) => void
}

export interface RemoteWork {
  server: string
  /** What was done now, in order. */
  steps: RemoteStep[]
  /** How things are after that, so the server says. */
  task: TrusteeTask
}

/**
 * Does what is a trustee's turn and sends it to the server, until nothing more is. The server is believed no more than an
 * officer who sends files: each step checks what it is made from. Every step is a file before it is sent, so that what
 * was interrupted goes on where it was.
 *
 * @throws InvitationInvalid, TrusteeServerUnreachable, ServerRefuses, ServerDistrusted, CeremonyRefused, and whatever
 *   `continueWork` does
 */
export async function workRemotely(group: Group, input: RemoteInput): Promise<RemoteWork> {
  const invitation = await readInvitation(input.invitation)
  const server = trusteeServer(invitation)
  const steps: RemoteStep[] = []
  for (let attempts = 0; ; ) {
    const task = await server.task()
    if (task.state !== 'awaited' || task.step === null) return { server: invitation.server, steps, task }
    const step = await doStep(group, { ...input, invitation, server, task }).catch(async (error) => {
      // The trustee is told in any case; that the officers are, too, must not come in its way.
      if (error instanceof CeremonyRefused) await server.object(error.reason).catch(() => {})
      throw error
    })
    if (steps.some(({ did }) => did === step.did)) {
      const reason = 'it has taken what you sent, and asks for it again'
      throw new ServerDistrusted({ server: invitation.server, reason })
    }
    const where = step.did === 'shuffle' || step.did === 'decryption' ? 'contributions' : 'answers'
    try {
      const { enough } = await server.send(where, await readFile(step.file, 'utf8'))
      const taken = { ...step, enough }
      steps.push(taken)
      input.onStep(taken, invitation.server)
    } catch (error) {
      // Others of the group shuffle at the same time: whoever is slower shuffles again what they made.
      attempts += 1
      if (step.did === 'shuffle' && isOutOfTurn(error) && attempts < mostAttempts) continue
      throw error
    }
  }
}

/** A group has no more trustees who could be faster. */
const mostAttempts = 30

function isOutOfTurn(error: unknown): boolean {
  return error instanceof ServerRefuses && error.said === 'trustee-out-of-turn'
}

interface Step extends Omit<RemoteInput, 'invitation'> {
  readonly invitation: Invitation
  readonly server: TrusteeServer
  readonly task: TrusteeTask
}

async function doStep(group: Group, step: Step): Promise<ContinuedWork> {
  const { invitation, keyFile, folder, progress, task } = step
  const { server, name, election } = invitation
  if (task.step === 'shuffle' || task.step === 'decryption') {
    const source = await download(step)
    return continueTally(group, { source, keyFile, folder, progress, election: election.uuid })
  }
  const message = parseOfficerMessage(server, task.message ?? '')
  if (message.election.uuid !== election.uuid) {
    throw new ServerDistrusted({ server, reason: 'its message is of another election than your invitation' })
  }
  return continueBeforeOpening(group, {
    ...{ source: server, message, keyFile, name, folder, chooseName: async () => name },
  })
}

/** The public archive, with who signed the shuffles beside it. @returns its path */
async function download({ folder, invitation, server, task }: Step): Promise<string> {
  const { uuid } = invitation.election
  const [path, arriving] = [join(folder, `${uuid}.bel`), join(folder, `${uuid}.bel.arriving`)]
  if (task.message !== null) {
    const bytes = new TextEncoder().encode(task.message)
    const file = join(folder, shuffleSignaturesName(uuid))
    await writeOutputFile(file, async (sink) => sink(bytes), { existing: 'replace' })
  }
  try {
    const fetched = await fetchArchive(server.archiveAddress, { tag: undefined, path: arriving })
    if (fetched.kind !== 'fetched') {
      const reason = 'it says that the election is closed, and has no archive of it'
      throw new ServerDistrusted({ server: invitation.server, reason })
    }
    await rename(arriving, path)
    return path
  } finally {
    await rm(arriving, { force: true })
  }
}
