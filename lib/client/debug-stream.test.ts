import { expect, test } from 'vitest'
import { linesOf } from './debug-stream.ts'

async function read(chunks: readonly Uint8Array[]): Promise<string[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const lines: string[] = []
  for await (const batch of linesOf(body)) lines.push(...batch)
  return lines
}

test('reads the same lines however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode('{"a":"你好"}\n\n{"b":"😀"}\n{"c":1}')
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const lines = await read([bytes.subarray(0, cut), bytes.subarray(cut)])
    expect(lines).toEqual(['{"a":"你好"}', '{"b":"😀"}', '{"c":1}'])
  }
})

test('lets go of the stream when its reader leaves', async () => {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('{}\n')),
    cancel: () => {
      isCancelled = true
    },
  })
  for await (const _ of linesOf(body)) break
  expect(isCancelled).toBe(true)
})
