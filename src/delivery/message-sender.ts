/** A short message to one person. Its text may hold a secret: it is in no log and no error. */
export interface Message {
  /** An e-mail address, or a telephone number. */
  readonly to: string
  /** Left out where the way of sending has none. */
  readonly subject: string
  readonly text: string
}

/** A way of sending messages: mail or SMS. */
export interface MessageSender {
  /** @throws MessageNotSent */
  send(message: Message): Promise<void>
  /** Lets go of its connections. */
  close(): Promise<void>
}
