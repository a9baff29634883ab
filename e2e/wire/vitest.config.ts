import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.join(import.meta.dirname, '../..')

/** Journeys on the wire against complete installations from `dist/`: `npm run build` first. One at a time. */
export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    root,
    include: ['e2e/wire/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
