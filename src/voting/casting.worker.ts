import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { loadGroup } from '../sealing/group-sodium.ts'
import { openUnitOfWork } from '../store/unit-of-work.ts'
import { openCasting } from './casting.ts'
import {
  type CastAnswer,
  type CastingOrder,
  type CastingReply,
  type CastingThreadOptions,
  type CastOrder,
  plainRefusal,
} from './casting-messages.ts'

/** A thread that casts ballots, with a connection of its own to the file. Whoever gives it ballots holds them back. */
const unlimited = { ballots: Infinity, bytes: Infinity, wait: Infinity, stall: Infinity }

const options = workerData as CastingThreadOptions
const { work, close } = await openUnitOfWork({ ...options, clock: systemClock })
const casting = openCasting({ work, group: await loadGroup(), limits: unlimited })
casting.onAccepted((news) => reply({ news }))

parentPort!.on('message', async (order: CastingOrder) => {
  if (order !== 'close') for (const each of order) void answer(each)
  else {
    await casting.close()
    await close()
    reply('closed')
    parentPort!.close()
  }
})

let answers: CastAnswer[] = []

/** Answers that are ready at the same moment go together. */
function send(answer: CastAnswer): void {
  answers.push(answer)
  if (answers.length > 1) return
  queueMicrotask(() => {
    reply({ answers })
    answers = []
  })
}

async function answer({ id, slug, request }: CastOrder): Promise<void> {
  try {
    send({ id, verdict: await casting.cast(slug, request) })
  } catch (error) {
    if (error instanceof Refusal) send({ id, refusal: plainRefusal(error) })
    else send({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function reply(message: CastingReply): void {
  parentPort!.postMessage(message)
}
