import type { Clock } from '../clock.ts'
import { codeMessage, type Language } from '../delivery/code-message.ts'
import type { MessageSender } from '../delivery/message-sender.ts'
import { MessageNotSent } from '../delivery/refusals.ts'
import { type Election, findElection } from '../election/find-election.ts'
import { readElection } from '../election/read-election.ts'
import { verifyChallenge } from '../sealing/challenge.ts'
import type { Group } from '../sealing/group.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { timeRefusal } from './ballot-refusal.ts'
import { type CodeKey, ensureCodeKey, isChallenge, makeChallenge, readCodeKey } from './code-key.ts'
import { ChallengeInvalid, CodeNotUsed, CodesBusy, CodesUnavailable, NoBallotsNow } from './code-refusals.ts'
import { codesOfMinute, type MadeCode, makeCode, mayAsk } from './make-code.ts'

interface CodeRequest {
  /** The public half of the token, 64 hexadecimal digits. */
  readonly credential: string
  /** As `challenge` gave it. */
  readonly challenge: string
  /** Of the challenge, by `signChallenge` (src/sealing/challenge.ts). */
  readonly signature: string
  readonly language: Language
}

/** One-time codes of the elections of a file. */
export interface OneTimeCodes {
  /**
   * What a voter signs to have a code sent; it says nothing of anybody.
   * @throws ElectionNotFound, CodeNotUsed, CodesUnavailable, NoBallotsNow
   */
  challenge(slug: string): Promise<{ challenge: string; expiresAt: string }>
  /**
   * Sends a code to the voter of the credential, after it has returned, and to nobody where there is none: for both
   * the answer is the same, in what it says and in the time that it takes.
   * @throws ElectionNotFound, CodeNotUsed, CodesUnavailable, NoBallotsNow, ChallengeInvalid, CodesBusy
   */
  request(slug: string, request: CodeRequest): Promise<void>
  /** Waits until nothing is being sent. */
  settled(): Promise<void>
  /** Refuses requests from now on, and waits like `settled`. */
  close(): Promise<void>
}

/** For all elections of the file: what a mail server of a small organisation takes without complaint. */
export const codesAMinute = 600
/** Messages that are on their way at once. */
const couriers = 8

export async function openOneTimeCodes(options: {
  /** Its officer is whom the log names. */
  work: UnitOfWork
  group: Group
  clock: Clock
  senders: { readonly email?: MessageSender; readonly sms?: MessageSender }
  /** The folder `templates` of the package. */
  templates: string
  /** Hears what went wrong in the background, without a code or an address in it. */
  onFault: (error: unknown) => void
}): Promise<OneTimeCodes> {
  const { work, clock, senders } = options
  const key = await work.write('make a key for codes', async (tx) => {
    await ensureCodeKey(tx)
    return (await readCodeKey(tx)) as CodeKey
  })
  const queue = openQueue((job: Job) => serve(options, job), options.onFault)

  /** All that does not depend on who asks. */
  const welcoming = async (slug: string): Promise<Election> => {
    const election = await readElection(work, slug)
    if (election.code === 'none') throw new CodeNotUsed(slug)
    if (senders[election.code] === undefined) throw new CodesUnavailable(slug)
    const refusal = timeRefusal(election, clock.now().toISOString())
    if (refusal !== undefined) throw new NoBallotsNow(slug, refusal)
    return election
  }
  return {
    challenge: async (slug) => makeChallenge(key, { uuid: (await welcoming(slug)).uuid, now: clock.now() }),
    request: async (slug, request) => {
      const { uuid } = await welcoming(slug)
      const { challenge } = request
      if (!isChallenge(key, { uuid, now: clock.now(), challenge })) throw new ChallengeInvalid()
      // Told to everybody alike, and not kept from those who would wait for a message in vain.
      const room = codesAMinute - (await work.read(codesOfMinute))
      if (!queue.offer({ slug, request }, room)) throw new CodesBusy()
    },
    settled: queue.settled,
    close: queue.close,
  }
}

interface Job {
  readonly slug: string
  readonly request: CodeRequest
}

async function serve(
  { work, group, senders, templates }: Parameters<typeof openOneTimeCodes>[0],
  { slug, request }: Job,
): Promise<void> {
  // Whoever has no token is sorted out without the lock that casting needs.
  const entitled = await work.read(async (tx) => mayAsk(tx, await findElection(tx, slug), request.credential))
  if (!entitled || !verifyChallenge(group, request)) return
  const made = await work.write('make a code', async (tx) =>
    makeCode(tx, group, { election: await findElection(tx, slug), credential: request.credential }),
  )
  if (typeof made === 'string') return
  try {
    await send(senders[made.by], made, { templates, language: request.language })
  } catch (error) {
    const reason = error instanceof MessageNotSent ? error.reason : 'unknown'
    await work.write('record a message', (tx) =>
      tx.record({
        action: 'code-not-sent',
        election: slug,
        details: { by: made.by, reason },
        personal: { voter: made.number },
      }),
    )
    throw error
  }
}

async function send(
  sender: MessageSender | undefined,
  made: MadeCode,
  { templates, language }: { templates: string; language: Language },
): Promise<void> {
  if (sender === undefined) throw new Error(`there is nothing to send by ${made.by}`)
  const { subject, text } = await codeMessage(templates, { ...made, language })
  await sender.send({ to: made.to, subject, text })
}

/** Does jobs in their order, some at once, each after `offer` has returned. */
function openQueue<T>(serveJob: (job: T) => Promise<void>, onFault: (error: unknown) => void) {
  const waiting: T[] = []
  const busy = new Set<Promise<void>>()
  let closed = false
  const courier = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await serveJob(job).catch(onFault)
    }
  }
  const dispatch = () => {
    if (busy.size === couriers || waiting.length === 0) return
    const round = courier().finally(() => busy.delete(round))
    busy.add(round)
  }
  const settled = async () => {
    while (busy.size + waiting.length > 0) {
      await new Promise(setImmediate)
      await Promise.all(busy)
    }
  }
  return {
    /**
     * @param room how many may wait, this one included
     * @returns false where it is full or closed
     */
    offer(job: T, room: number): boolean {
      if (closed || waiting.length >= room) return false
      waiting.push(job)
      setImmediate(dispatch)
      return true
    },
    settled,
    close: async () => {
      closed = true
      await settled()
    },
  }
}
