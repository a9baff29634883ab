/** The import table of the architecture, as errors. A row: who, and what it may import of ours besides itself and lib/platform. */
const importTable = {
  'lib/platform': [],
  'lib/domain': [],
  'lib/snapshot': ['lib/domain'],
  'lib/messages': ['lib/domain', 'lib/client/preferences\\.ts$'],
  'lib/protocols': [],
  'lib/providers': ['lib/protocols', 'lib/snapshot', 'lib/domain'],
  'lib/addresses': ['lib/snapshot'],
  'lib/discovery': ['lib/snapshot', 'lib/addresses', 'lib/nacos'],
  'lib/nacos': ['lib/snapshot', 'lib/addresses'],
  'lib/observability': ['lib/snapshot'],
  'lib/counters': [],
  'lib/moderation': [],
  'lib/intents': [],
  'lib/name-server': ['lib/snapshot', 'lib/domain'],
  'lib/gateway': [
    'lib/snapshot',
    'lib/counters',
    'lib/moderation',
    'lib/protocols',
    'lib/providers',
    'lib/discovery',
    'lib/addresses',
    'lib/nacos',
    'lib/observability',
    'lib/intents',
    'lib/domain/model-pattern\\.ts$',
    'lib/domain/model-api-routes\\.ts$',
    'lib/domain/debug\\.ts$',
    'lib/domain/route-reason\\.ts$',
  ],
  'lib/persistence': ['lib/domain'],
  'lib/control-plane': ['lib/domain', 'lib/persistence', 'lib/snapshot', 'lib/providers/registry\\.ts$'],
  'lib/console': [
    'lib/domain',
    'lib/persistence',
    'lib/control-plane',
    'lib/observability',
    'lib/snapshot',
    'lib/moderation',
    'lib/providers/registry\\.ts$',
    'lib/discovery',
    'lib/addresses',
    'lib/intents',
  ],
  'lib/client': ['lib/domain', 'lib/messages'],
  'lib/cli': ['lib/counters', 'lib/snapshot', 'lib/domain', 'lib/persistence', 'lib/console'],
  components: ['lib/domain', 'lib/messages'],
  'app/api/v1': [
    'lib/console',
    'lib/domain',
    'lib/gateway/service-probe\\.ts$',
    'lib/gateway/embedded-gateway\\.ts$',
  ],
  'app/api/gateway': ['lib/gateway/embedded-gateway\\.ts$', 'lib/console'],
  e2e: ['lib/domain', 'prisma/seed'],
  bench: [
    'lib/domain',
    'lib/snapshot',
    'lib/intents',
    'lib/moderation',
    'lib/protocols',
    'prisma/seed',
    'e2e/fakes',
  ],
  'app/\\([^/]+\\)': ['components', 'lib/client', 'lib/domain', 'lib/messages'],
}

/** Tests hold that a sentence has its Chinese. */
const chineseOf = '^lib/messages/sentences\\.ts$'
/** Tests drive the fakes that the journeys use. */
const isTest = '(\\.test\\.tsx?$|/testing/|/fuzz/)'
const ours = '^(app|components|lib|e2e|bench|scripts|prisma)/'

/** Tests of routes start the console that stands behind them, and ask its other routes. */
const wholeConsole = (folder) =>
  folder.startsWith('app/') ? ['^app/', '^lib/(control-plane|persistence)/'] : []

const tableRules = Object.entries(importTable).flatMap(([folder, allowed]) => {
  const reachable = [folder, 'lib/platform', ...allowed].map(
    (entry) => `^${entry}${entry.endsWith('$') ? '' : '/'}`,
  )
  const rule = (name, pathNot, extra) => ({
    name: `${name}: ${folder.replaceAll('\\', '')}`,
    comment: `It may import ${['lib/platform', ...allowed].join(', ').replaceAll('\\', '')}, nothing else of ours.`,
    severity: 'error',
    from: { path: `^${folder}/`, ...extra },
    to: { path: ours, pathNot },
  })
  return [
    rule('import table', reachable, { pathNot: isTest }),
    rule(
      'import table of tests',
      [...reachable, ...wholeConsole(folder), '^e2e/fakes/', '^lib/[^/]+/testing/', chineseOf],
      {
        path: `^${folder}/(.*\\.test\\.tsx?$|testing/|fuzz/)`,
      },
    ),
  ]
})

const packageRule = (name, from, packages) => ({
  name,
  severity: 'error',
  from,
  to: { path: packages.map((entry) => `^node_modules/${entry}/`) },
})

module.exports = {
  forbidden: [
    ...tableRules,
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^\\./\\.next/types' },
    },
    packageRule('the gateway knows no web framework', { path: '^lib/(gateway|snapshot|platform|domain)/' }, [
      'next',
      'react',
      'react-dom',
      '@prisma/[^/]+',
    ]),
    packageRule(
      'only lib/persistence opens the database',
      { path: '^(lib|app|components)/', pathNot: '^lib/persistence/' },
      ['@prisma/[^/]+', '@libsql/[^/]+', 'pg'],
    ),
    {
      name: 'the generated client stays inside lib/persistence',
      severity: 'error',
      from: { pathNot: '^lib/persistence/' },
      to: { path: '^lib/persistence/generated/' },
    },
    {
      name: 'lib/domain runs in browsers',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: isTest },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'a manifest is data',
      severity: 'error',
      from: { path: '^lib/providers/[^/]+/manifest\\.ts$' },
      to: { path: ours, pathNot: ['^lib/domain/', '^lib/platform/'] },
    },
    {
      name: 'a provider knows no other provider',
      severity: 'error',
      from: { path: '^lib/providers/([^/]+)/' },
      to: {
        path: '^lib/providers/[^/]+/',
        pathNot: ['^lib/providers/$1/', '^lib/providers/(openai-compatible|testing)/'],
      },
    },
    {
      name: 'a page imports no other page',
      severity: 'error',
      from: { path: '^app/\\(console\\)/w/\\[workspace\\]/([^/]+)/' },
      to: {
        path: '^app/\\(console\\)/w/\\[workspace\\]/[^/]+/',
        // The last two are no pages: they are what several pages are made of.
        pathNot: '^app/\\(console\\)/w/\\[workspace\\]/($1|domain-form|certificate-upload)/',
      },
    },
    {
      name: 'programs import no tests',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: isTest },
      to: { path: ['^(e2e|bench|scripts)/', isTest] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^lib/persistence/generated/'] },
    exclude: { path: ['^\\.next/', '^dist/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
