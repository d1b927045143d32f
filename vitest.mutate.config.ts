import { defineConfig } from 'vitest/config'

/** What Stryker runs against the mutants of one group of `tools/mutate.js`. */
export default defineConfig({
  test: {
    include: process.env.URNA_MUTATION_TESTS?.split(' ') ?? [],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
