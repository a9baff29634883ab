/** At most so many bytes of an answer. Leaving the loop early destroys the stream, which cancels the upstream too. */
export async function readStart(
  body: AsyncIterable<Buffer>,
  bytesMax: number,
): Promise<{ text: string; truncated: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > bytesMax) break
  }
  const bytes = Buffer.concat(chunks).subarray(0, bytesMax)
  return { text: new TextDecoder().decode(bytes), truncated: size > bytesMax }
}
