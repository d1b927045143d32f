import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  readonly to: string
  readonly raw: string
}

/** What a server does with a message: takes it, refuses it with a status, or ends the connection before or after it has the text. */
export type Treatment = 'take' | number | 'drop' | 'take-and-drop'

export interface MailServer {
  readonly url: string
  readonly received: ReceivedMail[]
  close(): Promise<void>
}

/** A real mail server on this machine. @param treat is asked at each attempt, from 1 */
export async function mailServer(
  treat: (to: string, attempt: number) => Treatment = () => 'take',
): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const attempts = new Map<string, number>()
  const sockets = new Map<number | undefined, { destroy(): void }>()
  const refusal = (status: number) =>
    Object.assign(new Error('what it says is of no account'), { responseCode: status })
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, session, done) => {
      const attempt = (attempts.get(address) ?? 0) + 1
      attempts.set(address, attempt)
      const treatment = treat(address, attempt)
      if (typeof treatment === 'number') return done(refusal(treatment))
      if (treatment === 'drop') return sockets.get(session.remotePort)?.destroy()
      done()
    },
    onData: async (stream, session, done) => {
      // A client that is killed leaves half a message.
      const raw = await text(stream).catch(() => undefined)
      if (raw === undefined) return
      const to = session.envelope.rcptTo[0]?.address ?? ''
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
      received.push({ from, to, raw })
      if (treat(to, attempts.get(to) ?? 1) === 'take-and-drop')
        return sockets.get(session.remotePort)?.destroy()
      done()
    },
  })
  server.server.on('connection', (socket) => sockets.set(socket.remotePort, socket))
  // A client that turns away leaves an error here, which is what some tests want.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
