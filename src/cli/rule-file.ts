import { readPlaced } from '../election/config-places.ts'
import { InvalidInput } from './refusals.ts'

/**
 * The rules that a YAML or JSON text holds, by name.
 * @param file its name, for sentences
 * @throws InvalidInput
 */
export function rulesOfFile(text: string, file: string): Record<string, unknown> {
  const document = readPlaced(text)
  if ('unreadable' in document) {
    const { line, column, message } = document.unreadable
    throw new InvalidInput(`${file}, line ${line}, column ${column}: ${message}`, { file, line, column })
  }
  const { value } = document
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new InvalidInput(`${file} holds no rules.`, { file }, 'Write a line for each, such as "ties: [lot]".')
}
