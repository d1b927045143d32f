import type { FastifyInstance } from 'fastify'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { createApp, type ServerOptions } from '../../src/server/app.ts'
import { openCasting } from '../../src/voting/casting.ts'
import type { TemporaryUrna } from './urna.ts'

export interface Serving {
  readonly app: FastifyInstance
  /** Without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/** A real server on a port of this machine, with the clock of the file. */
export async function serve(urna: TemporaryUrna, options: ServerOptions = {}): Promise<Serving> {
  const group = await loadGroup()
  const casting = openCasting({ work: urna.work, group })
  const app = await createApp({ work: urna.work, group, clock: urna.clock, casting }, options)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const close = async () => {
    await app.close()
    await casting.close()
  }
  return { app, url, close }
}
