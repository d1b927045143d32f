import { nearestWord } from '../election/spelling.ts'
import { parseThreshold } from '../election/threshold.ts'
import { Refusal } from '../errors.ts'
import { jsonOf } from '../json-of.ts'
import type { Method } from '../tabulation/method.ts'
import { ruleFacts } from './method-output.ts'
import { InvalidInput } from './refusals.ts'

/** A rule that a method has not, or can't have so. */
export class RuleInvalid extends Refusal {
  readonly code = 'rule-invalid'
}

/**
 * The rules of `--rule name=value`, those of a file under them.
 * @param given.inFile of `--rules`, as `rulesOfFile` reads them
 * @throws RuleInvalid, InvalidInput
 */
export function rulesOfFlags(
  method: Method,
  given: { readonly pairs: readonly string[]; readonly inFile: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  const rules: Record<string, unknown> = {}
  for (const [rule, value] of Object.entries(given.inFile)) rules[rule] = valueFor(method, rule, value)
  const named = new Set<string>()
  for (const pair of given.pairs) {
    const equals = pair.indexOf('=')
    if (equals < 1) {
      throw new InvalidInput(`"${pair}" is no rule.`, { rule: pair }, 'Write a rule as name=value.')
    }
    const rule = pair.slice(0, equals).trim()
    if (named.has(rule)) {
      throw new InvalidInput(
        `The rule ${rule} is given twice.`,
        { rule },
        'Give it once; what goes one after the other has commas between: ties=backwards,lot',
      )
    }
    named.add(rule)
    rules[rule] = valueFor(method, rule, pair.slice(equals + 1).trim())
  }
  const [issue] = method.rules.safeParse(rules).error?.issues ?? []
  if (issue === undefined) return rules
  throw new RuleInvalid(`These rules don't go together: ${issue.message}.`, { method: method.id, rules })
}

/** The value as the method takes it; a text is read in every way that it can be meant. */
function valueFor(method: Method, rule: string, written: unknown): unknown {
  const facts = ruleFacts(method)
  const fact = facts.find((each) => each.rule === rule)
  const known = facts.map((each) => each.rule)
  if (fact === undefined) {
    const nearest = nearestWord(rule, known)
    throw new RuleInvalid(
      `${method.id} has no rule "${rule}".`,
      { method: method.id, rule, rules: known },
      nearest === undefined ? `Its rules are: ${known.join(', ')}.` : `Did you mean ${nearest}?`,
    )
  }
  const readings = typeof written === 'string' ? readingsOf(written) : [written]
  const fitting = readings.find((value) => fits(method, rule, value))
  if (fitting !== undefined) return fitting
  throw new RuleInvalid(
    `The rule ${rule} of ${method.id} can't be ${typeof written === 'string' ? `"${written}"` : JSON.stringify(written)}.`,
    { method: method.id, rule, value: written, values: fact.values },
    `It can be ${fact.values}.`,
  )
}

function fits(method: Method, rule: string, value: unknown): boolean {
  const { error } = method.rules.safeParse({ [rule]: value })
  return error === undefined || error.issues.every(({ path }) => path[0] !== rule)
}

/** What a text can mean, the most literal first. */
function readingsOf(text: string): unknown[] {
  const items = text === '' || text === 'none' ? [] : text.split(/\s*,\s*/)
  const lists = Array.from({ length: 3 }, (_, index) => items.map((item) => plainReadings(item)[index]))
  return [
    ...plainReadings(text).filter((reading) => reading !== undefined),
    ...(text === 'none' ? [null] : []),
    ...lists.filter((list) => !list.includes(undefined)),
    ...structured(text),
  ]
}

/** As text, as text in which hyphens are spaces, as a number, as yes or no. */
function plainReadings(text: string): unknown[] {
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  const truth = { yes: true, true: true, no: false, false: false }[text.toLowerCase()]
  return [text, text.toLowerCase().replaceAll('-', ' '), number, truth]
}

/** A share, a fraction, or JSON. */
function structured(text: string): unknown[] {
  const fraction = /^(\d+)\s*\/\s*(\d+)$/.exec(text)
  const threshold = parseThreshold(text.replaceAll('-', ' '))
  const json = /^[[{]/.test(text) ? jsonOf(text) : undefined
  return [
    ...(threshold === undefined ? [] : [threshold]),
    ...(fraction === null ? [] : [[Number(fraction[1]), Number(fraction[2])]]),
    ...(json === undefined ? [] : [json]),
  ]
}
