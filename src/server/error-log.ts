import { Refusal } from '../errors.ts'

/** Of an error, what the log of the server may hold. */
type LoggedError = {
  type: string
  /** Of the system: ENOSPC. */
  code?: string
  /** Empty where it may hold data. */
  message: string
  stack: string
}

const systemCode = /^[A-Z][A-Z0-9_]+$/

/**
 * What went wrong and where, without the data of the error: it may name somebody, or hold what somebody sent. The
 * sentence of a refusal holds neither; that of another error may.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const { name: type, stack = '' } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return {
    type,
    ...(systemCode.test(code) && { code }),
    message: error instanceof Refusal ? error.message : '',
    // Its head repeats the message.
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  }
}
