import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    root,
    include: [
      'lib/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'e2e/fakes/**/*.test.ts',
      'bench/**/*.test.ts',
      'app/**/*.test.{ts,tsx}',
      'components/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/node_modules/**', path.join(root, 'lib/persistence/generated/**')],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // How soon is the machine's matter, not the test's.
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: true,
    unstubEnvs: true,
  },
})
