import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { readTextIfThere } from '../../interchange/read-input.ts'
import { jsonOf } from '../../json-of.ts'
import { writeOutputFile } from '../../report/output-file.ts'
import { networkFault } from './fetch-archive.ts'
import { BoardAlarm, BoardUnreachable, KeptBoardUnreadable } from './refusals.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A head of the audit log that a board told, and when it was seen; a line of the file each. */
const keptHeadSchema = z.strictObject({ auditHead: hash, at: z.iso.datetime() })
type KeptHead = z.infer<typeof keptHeadSchema>

const toldSchema = z.object({ auditHead: hash.nullable(), auditHeadInLog: z.boolean().nullable() })

/** In milliseconds. */
const patience = 60_000

/**
 * Keeps each head of the audit log that a board tells, and asks whether the log still has the last one, which stands for
 * all before it.
 *
 * @param options.address of the archive
 * @returns the head; null where the server tells none
 * @throws BoardAlarm, BoardUnreachable, KeptBoardUnreadable
 */
export async function lookAtLog(options: {
  address: string
  folder: string
  clock: Clock
  signal?: AbortSignal | undefined
}): Promise<string | null> {
  const { address, folder, clock, signal } = options
  const file = join(folder, 'audit-heads.jsonl')
  const kept = await readHeads(file)
  const last = kept.at(-1)
  const told = await askForHead(address, last, signal)
  if (last !== undefined && told?.auditHeadInLog !== true) {
    const sentence = `the audit log was written anew: the board told its head ${last.auditHead} on ${last.at}, and it is not in the log any more.`
    throw new BoardAlarm({ address, kind: 'log-rewritten', sentence, evidence: [file] })
  }
  const head = told?.auditHead ?? null
  if (head !== null && head !== last?.auditHead) {
    await writeHeads(file, [...kept, { auditHead: head, at: clock.now().toISOString() }])
  }
  return head
}

/** @returns undefined where the server is none that tells a head */
async function askForHead(
  address: string,
  last: KeptHead | undefined,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof toldSchema> | undefined> {
  const limit = AbortSignal.timeout(patience)
  const query = last === undefined ? '' : `&auditHead=${last.auditHead}`
  try {
    const reply = await fetch(`${address.replace(/archive\/$/, 'board/')}?limit=1${query}`, {
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    })
    const told = toldSchema.safeParse(jsonOf(await reply.text())).data
    if (reply.ok || last === undefined) return told
    throw new BoardUnreachable({ address, reason: `it answers ${reply.status}` })
  } catch (error) {
    signal?.throwIfAborted()
    const reason = networkFault(error)
    throw reason === undefined ? error : new BoardUnreachable({ address, reason })
  }
}

async function readHeads(file: string): Promise<KeptHead[]> {
  const lines = ((await readTextIfThere(file)) ?? '').split('\n').filter((line) => line !== '')
  const heads = z.array(keptHeadSchema).safeParse(lines.map(jsonOf))
  if (!heads.success) throw new KeptBoardUnreadable(file)
  return heads.data
}

async function writeHeads(file: string, heads: readonly KeptHead[]): Promise<void> {
  const text = heads.map((head) => `${JSON.stringify(head)}\n`).join('')
  await writeOutputFile(file, async (sink) => sink(new TextEncoder().encode(text)), { existing: 'replace' })
}
