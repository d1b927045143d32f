import type { LiveText } from './live.ts'
import type { LiveEvent } from './live-messages.ts'

/**
 * What is still to be sent to one client: the message that is on its way, and of each kind the newest. A slow client
 * gets fewer messages, and the last ones; it never takes more memory.
 */
export class Outbox {
  readonly #send: (message: LiveText, sent: () => void) => void
  readonly #waiting = new Map<LiveEvent, LiveText>()
  #busy = false

  /** @param send calls `sent` once the message has left this process. */
  constructor(send: (message: LiveText, sent: () => void) => void) {
    this.#send = send
  }

  put(message: LiveText): void {
    this.#waiting.set(message.event, message)
    this.#next()
  }

  #next(): void {
    if (this.#busy) return
    const [message] = this.#waiting.values()
    if (message === undefined) return
    this.#waiting.delete(message.event)
    this.#busy = true
    this.#send(message, () => {
      this.#busy = false
      this.#next()
    })
  }
}

/** How many clients listen at once: in all, and from one address, behind which there may be a whole office. */
export interface ClientLimits {
  readonly all: number
  readonly perAddress: number
}

export class ClientCount {
  readonly #limits: ClientLimits
  readonly #byAddress = new Map<string, number>()
  #all = 0

  constructor(limits: ClientLimits) {
    this.#limits = limits
  }

  /** Takes a place. @returns how to give it back, once; undefined where there is none */
  enter(address: string): (() => void) | undefined {
    const ofAddress = this.#byAddress.get(address) ?? 0
    if (this.#all >= this.#limits.all || ofAddress >= this.#limits.perAddress) return undefined
    this.#all++
    this.#byAddress.set(address, ofAddress + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      this.#all--
      const left = this.#byAddress.get(address)! - 1
      if (left === 0) this.#byAddress.delete(address)
      else this.#byAddress.set(address, left)
    }
  }
}
