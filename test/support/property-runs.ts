/** How often a property is tried: many times in CI, and where URNA_SLOW asks for it. */
export const propertyRuns = process.env.CI || process.env.URNA_SLOW ? 1000 : 100
