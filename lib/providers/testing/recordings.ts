import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FailureKind } from '@/lib/protocols/canonical.ts'
import type { ChatFormat } from '@/lib/protocols/codec.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import type { Provider } from '@/lib/providers/provider.ts'
import { readStreamedAnswer, readWholeAnswer } from './read-answer.ts'

interface RecordedError {
  readonly format: ChatFormat
  readonly status: number
  readonly body: unknown
  readonly kind: FailureKind
  /** A word of what is said about it. */
  readonly explained: string | null
}

/**
 * Answers of the real provider in `__fixtures__`: `*.json` whole, `*.chunks.txt` one event of a stream in each line,
 * both of the first chat format, and `errors.json`.
 */
export function describeRecordings(provider: Provider, folder: string): void {
  const fixtures = path.join(folder, '__fixtures__')
  const files = readdirSync(fixtures).filter((name) => name !== 'errors.json')
  const read = (name: string) => readFileSync(path.join(fixtures, name), 'utf8')
  const format: ChatFormat = recordedFormat(provider)

  describe(`${provider.manifest.id} recorded`, () => {
    test.each(files.filter((name) => name.endsWith('.json')))('%s', (name) => {
      const answer = readWholeAnswer(serviceCodecOf(format).readReply(JSON.parse(read(name))))
      expect(answer.text !== '' || answer.calls.length > 0).toBe(true)
      expect(answer.usage?.input).toBeGreaterThan(0)
    })

    test.each(files.filter((name) => name.endsWith('.chunks.txt')))('%s', (name) => {
      const lines = read(name).trim().split('\n')
      const stream = [...lines, '[DONE]'].map((line) => `data: ${line}\n\n`).join('')
      const answer = readStreamedAnswer(serviceCodecOf(format), Buffer.from(stream))
      expect(answer.failure).toBeNull()
      expect(answer.text !== '' || answer.calls.length > 0).toBe(true)
      expect(answer.stop).not.toBeNull()
      expect(answer.usage?.output).toBeGreaterThan(0)
    })

    const errors = JSON.parse(read('errors.json')) as readonly RecordedError[]
    const prepared = provider.prepare(
      { protocol: 'openai', baseUrl: 'https://provider.example/v1', options: { apiVersion: '2024-10-21' } },
      { now: () => 0, fetch: () => Promise.reject(new Error('Nothing to fetch.')) },
    )
    test.each(errors)('error $status $kind', ({ format, status, body, kind, explained }) => {
      const codec = serviceCodecOf(format)
      const failure = codec.readFailure(status, body)
      expect(failure.kind).toBe(kind)
      if (explained !== null) expect(prepared.explain(failure)).toContain(explained)
    })
  })
}

function recordedFormat(provider: Provider): ChatFormat {
  const [first] = provider.manifest.protocols[0]?.formats ?? []
  return first as ChatFormat
}
