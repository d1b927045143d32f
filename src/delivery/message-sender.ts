/** A short message to one person. Its text may hold a secret: it is in no log and no error. */
export interface Message {
  /** An e-mail address, or a telephone number. */
  readonly to: string
  /** Left out where the way of sending has none. */
  readonly subject: string
  readonly text: string
  /**
   * By which a notice that it could not be delivered is known again: letters and digits that say nothing of the person
   * or the text. Without it nobody will ask.
   */
  readonly key?: string
}

/** A way of sending messages: mail or SMS. */
export interface MessageSender {
  /** @throws MessageNotSent */
  send(message: Message): Promise<void>
  /** Lets go of its connections. */
  close(): Promise<void>
}
