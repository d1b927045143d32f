import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { MessageSender } from '../../src/delivery/message-sender.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { createApp, type ServerOptions } from '../../src/server/app.ts'
import type { ServerContext } from '../../src/server/context.ts'
import type { BacklogLimits } from '../../src/voting/backlog.ts'
import { openCasting, usualLimits } from '../../src/voting/casting.ts'
import { openOneTimeCodes } from '../../src/voting/one-time-code.ts'
import type { TemporaryUrna } from './urna.ts'

export interface Serving {
  readonly app: FastifyInstance
  /** Without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/** A real server on a port of this machine, with the clock of the file. */
export async function serve(
  urna: TemporaryUrna,
  options: ServerOptions & {
    mail?: MessageSender
    room?: Partial<BacklogLimits>
    backups?: ServerContext['backups']
  } = {},
): Promise<Serving> {
  const group = await loadGroup()
  const { mail, room, backups, ...serverOptions } = options
  const casting = openCasting({ work: urna.work, group, limits: { ...usualLimits, ...room } })
  const codes = await openOneTimeCodes({
    ...{ work: urna.work, group, clock: urna.clock },
    senders: mail === undefined ? {} : { email: mail },
    templates: fileURLToPath(new URL('../../templates', import.meta.url)),
    onFault: (error) => console.error(error),
  })
  const context = { work: urna.work, group, clock: urna.clock, casting, codes, backups }
  const app = await createApp(context, serverOptions)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const close = async () => {
    await app.close()
    await codes.close()
    await casting.close()
  }
  return { app, url, close }
}
