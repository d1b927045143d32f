import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { Flags } from '@oclif/core'
import { formats } from '../interchange/formats.ts'
import { readTextInput } from '../interchange/read-input.ts'
import { methods } from '../tabulation/registry.ts'
import { type TieRule, tieRules } from '../tabulation/ties.ts'
import type { ChosenMethod, CountRequest } from '../tally/count-file.ts'
import { findMethod } from './method-output.ts'
import { InvalidInput } from './refusals.ts'
import { rulesOfFlags } from './rule-flags.ts'

const methodIds = methods.map(({ id }) => id)
/** As they are written without quotes; the last is of the methods that have it. */
const tieWords = [...tieRules.map((rule) => rule.replace(' ', '-')), 'pseudo-random']

/** How a file of ballots is read and counted. */
export const countFlags = {
  method: Flags.string({
    char: 'm',
    description: 'How it is counted: an id of urna method list.',
    helpValue: 'ID',
    options: methodIds,
  }),
  compare: Flags.string({
    description: 'Count by several methods, each with its usual rules, and show them side by side.',
    helpValue: 'ID,ID',
    options: methodIds,
    multiple: true,
    delimiter: ',',
    exclusive: ['method', 'rule', 'rules', 'trace', 'csv', 'xlsx', 'html', 'report'],
  }),
  seats: Flags.integer({
    char: 's',
    description: 'How many are elected; as the file says when left out, and 1 where it does not.',
    min: 1,
  }),
  rule: Flags.string({
    char: 'r',
    description: 'A rule of the method, as in urna method show; can be repeated.',
    helpValue: 'NAME=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  rules: Flags.string({
    description: 'A YAML or JSON file of rules; --rule goes before it.',
    helpValue: 'FILE',
  }),
  withdraw: Flags.string({
    description: 'Count as if this option had never stood; can be repeated.',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
  }),
  tie: Flags.string({
    description: "What decides ties, in order, in place of the method's chain: a list with commas.",
    options: tieWords,
    multiple: true,
    delimiter: ',',
  }),
  'tie-order': Flags.string({
    description:
      'Who prevails in a tie, the first before the others: a file with a name a line, or names with commas.',
    helpValue: 'FILE|NAMES',
  }),
  seed: Flags.string({
    description: 'Decide by lot what the rules leave tied; publish this text before the count.',
    helpValue: 'TEXT',
  }),
  format: Flags.string({
    description: 'What the file is written in; found out from the file when left out.',
    helpValue: 'ID',
    options: formats.map(({ id }) => id),
  }),
  contest: Flags.string({
    description: 'The contest to count, of a file that holds several: its id or name.',
    helpValue: 'NAME',
  }),
  strict: Flags.boolean({ description: 'Refuse a file at its first irregularity instead of warning.' }),
  trace: Flags.string({
    description:
      'Say where this ballot lay in each round: its id, or its number in the file, in which a line of like ballots is one.',
    helpValue: 'BALLOT',
  }),
}

/** The flags as they are parsed, of which the ids are checked by what names the nearest. */
export const parsedCountFlags = {
  ...countFlags,
  method: unchecked(countFlags.method),
  compare: unchecked(countFlags.compare),
  format: unchecked(countFlags.format),
}

/** The same flag without its list of values, which is for help and completion. */
function unchecked<F extends object>(flag: F): F {
  const { options: _, ...rest } = flag as F & { options?: unknown }
  return rest as F
}

export interface CountFlags {
  readonly method: string | undefined
  readonly compare: readonly string[] | undefined
  readonly seats: number | undefined
  readonly rule: readonly string[] | undefined
  readonly rules: string | undefined
  readonly withdraw: readonly string[] | undefined
  readonly tie: readonly string[] | undefined
  readonly 'tie-order': string | undefined
  readonly seed: string | undefined
  readonly format: string | undefined
  readonly contest: string | undefined
  readonly strict: boolean
  readonly trace: string | undefined
}

/** What the use-case is asked. @throws InvalidInput, InputUnreadable */
export async function requestOf(path: string, flags: CountFlags, version: string): Promise<CountRequest> {
  refuseBlank(flags)
  const { format, contest, seats, withdraw = [], tie, seed, strict, trace } = flags
  const order = flags['tie-order']
  return {
    ...{ path, format, contest, seats, withdraw, seed, trace, version },
    irregularities: strict ? 'refused' : 'warned of',
    ties: tie?.map((word) => (word === 'order-given' ? 'order given' : (word as TieRule))),
    tieOrder: order === undefined ? undefined : await namesOf(order),
  }
}

/** A flag without a word is a variable of a script that was not set, and not a wish. @throws InvalidInput */
function refuseBlank(flags: CountFlags): void {
  for (const [flag, value] of Object.entries(flags)) {
    const isBlank = [value].flat().some((word) => typeof word === 'string' && word.trim() === '')
    if (isBlank) throw new InvalidInput(`--${flag} is empty.`, { flag }, 'Say what it is, or leave it out.')
  }
}

/**
 * The method of `--method` with its rules; undefined where none was named.
 * @throws MethodNotFound, RuleInvalid, InvalidInput, InputUnreadable
 */
export async function methodOf(flags: CountFlags): Promise<ChosenMethod | undefined> {
  const { method: id, rules: file, rule: pairs = [] } = flags
  if (id === undefined) {
    if (file === undefined && pairs.length === 0) return undefined
    throw new InvalidInput('Rules need a method.', {}, 'Name it with --method ID.')
  }
  const method = findMethod(id)
  return { method, rules: rulesOfFlags(method, { pairs, inFile: await rulesIn(file) }) }
}

async function rulesIn(file: string | undefined): Promise<Record<string, unknown>> {
  if (file === undefined) return {}
  const { rulesOfFile } = await import('./rule-file.ts')
  return rulesOfFile(await readTextInput(file), basename(file))
}

/** The methods of `--compare`, each once. @throws MethodNotFound, InvalidInput */
export function comparedMethods(ids: readonly string[]): ChosenMethod[] {
  const methods = [...new Set(ids)].map((id) => ({ method: findMethod(id), rules: {} }))
  if (methods.length > 1) return methods
  throw new InvalidInput('One method alone compares with nothing.', {}, 'Name several: --compare irv,schulze')
}

/** A name a line in a file, or names with commas between them. */
async function namesOf(text: string): Promise<string[]> {
  const names = existsSync(text) ? (await readTextInput(text)).split(/\r?\n/) : text.split(',')
  return names.map((name) => name.trim()).filter((name) => name !== '')
}
