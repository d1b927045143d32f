import * as z from 'zod'
import { tieRules } from './ties.ts'

/** The chain of a rule set; empty where it leaves every tie open. */
export const tieRulesSchema = z.array(z.enum(tieRules))
