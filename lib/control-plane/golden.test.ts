import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { checkSnapshot } from './check-snapshot.ts'
import { compileSnapshot } from './compile-snapshot.ts'
import { defaultEgress, defaultLimits } from './default-limits.ts'

const folder = path.join(import.meta.dirname, '__golden__')
const read = (...parts: string[]) => JSON.parse(readFileSync(path.join(folder, ...parts), 'utf8'))

describe('rows compile to the golden snapshot of', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const snapshot = compileSnapshot(read(name, 'rows.json'))
    expect(withoutDefaults(snapshot)).toEqual(read(name, 'snapshot.json'))
    expect(checkSnapshot(snapshot)).toBeNull()
  })
})

/** A golden file that repeated defaults would change with each new one. */
function withoutDefaults({ limits, egress, ...rest }: GatewaySnapshot): unknown {
  const own = Object.entries(limits).filter(
    ([name, value]) => value !== defaultLimits[name as keyof typeof defaultLimits],
  )
  expect(egress).toEqual(defaultEgress)
  return { ...rest, ...(own.length > 0 && { limits: Object.fromEntries(own) }) }
}
