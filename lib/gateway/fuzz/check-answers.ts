import { ChunkedDecoder } from '@/lib/gateway/http1/chunked-decoder.ts'

const headPattern =
  /^HTTP\/1\.1 \d{3} [\t\x20-\x7e\x80-\xff]*\r\n(?:[!#$%&'*+\-.^_`|~\w]+: ?[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n/

/** What is wrong with the bytes that a caller got, read as HTTP/1.1 answers one behind the other. Null: nothing. */
export function faultInAnswers(text: string): string | null {
  let rest = text
  while (rest.length > 0) {
    const head = headPattern.exec(rest)?.[0]
    if (head === undefined) return `no answer begins with ${JSON.stringify(rest.slice(0, 80))}`
    const lengths = head.match(/^content-length: *(\d+)\r$/gim) ?? []
    const isChunked = /^transfer-encoding: *chunked\r$/im.test(head)
    if (lengths.length > 1 || (lengths.length === 1 && isChunked)) return 'an answer has two framings'
    rest = rest.slice(head.length)
    const status = Number(head.slice(9, 12))
    if (status < 200 || status === 204 || status === 304) continue
    if (isChunked) {
      const bytes = Buffer.from(rest, 'latin1')
      const decoder = new ChunkedDecoder(() => {}, 65_536)
      const end = decoder.take(bytes, 0)
      if (end === -1) return 'an answer is chunked wrongly'
      rest = rest.slice(end)
    } else if (lengths.length === 1) rest = rest.slice(Number(/\d+/.exec(lengths[0] ?? '')?.[0]))
    else return null
  }
  return null
}
