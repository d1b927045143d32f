// The dependency rule: which part of urna may know which other. See docs/decisions/0002.
const areas = '^src/(organisation|register|election|voting|tally|audit|mailing)/'
const pure = '^src/(tabulation|ballot|sealing)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-areas-stand-alone',
      comment: 'tabulation, ballot and sealing run in a browser: no other area',
      severity: 'error',
      from: { path: '^src/(tabulation|ballot|sealing)/' },
      to: { path: '^(src|commands)/', pathNot: '^src/$1/' },
    },
    {
      name: 'pure-areas-use-no-node',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'store-through-the-unit-of-work',
      severity: 'error',
      from: { path: areas },
      to: { path: '^src/store/', pathNot: '^src/store/unit-of-work\\.ts$' },
    },
    {
      name: 'commands-never-touch-the-store',
      severity: 'error',
      comment: 'the server is handed its unit of work, and hands it on',
      from: { path: '^commands/|^src/server/' },
      to: { path: '^src/store/', pathNot: '^src/store/unit-of-work\\.ts$' },
    },
    {
      name: 'outputs-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/(report|delivery|interchange)/' },
      to: { path: '^src/(report|delivery|interchange)/', pathNot: '^src/$1/' },
    },
    {
      name: 'pages-know-the-pure-parts-only',
      comment: 'what runs in a browser; the build refuses whatever reaches a module of Node',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^(src/(cli|delivery|interchange|server|store|tally|audit)|commands)/',
      },
    },
    {
      name: 'nothing-imports-commands',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^commands/' },
    },
    {
      name: 'areas-do-not-know-the-terminal',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
}
