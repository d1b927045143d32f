import { jsonText } from './plain-text.ts'
import { type ElectionResultDocument, resultSchema } from './result-schema.ts'

/** The result as the published schema has it, indented for people. */
export function resultJson(document: ElectionResultDocument): string {
  return jsonText(resultSchema.parse(document))
}
