import { join } from 'node:path'

/** Where the figures of each suite are kept for the table that ends a run. */
export const conformanceFolder = join(import.meta.dirname, '../../coverage/conformance')
