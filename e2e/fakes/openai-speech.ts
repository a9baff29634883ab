import * as z from 'zod'
import { type Exchange, sendBytes } from './exchange.ts'
import { parseBody } from './request-body.ts'

const speechRequest = z.looseObject({
  model: z.string().min(1),
  input: z.string().min(1).max(4096),
  voice: z.string().min(1),
  response_format: z.enum(['wav', 'pcm'], 'This server speaks wav and pcm.').nullish(),
})

const sampleRate = 8000
const samplesPerTone = 400
const tonesMax = 40

/** `POST /v1/audio/speech`: one short tone for each character, as WAV unless `pcm` is asked for. */
export async function openaiSpeech(exchange: Exchange): Promise<void> {
  const body = parseBody(speechRequest, exchange.body)
  const samples = toneRow(body.input)
  if (body.response_format === 'pcm') return sendBytes(exchange, 'audio/pcm', samples)
  await sendBytes(exchange, 'audio/wav', Buffer.concat([wavHeader(samples.length), samples]))
}

function toneRow(text: string): Buffer {
  const characters = [...text].slice(0, tonesMax)
  const samples = Buffer.alloc(characters.length * samplesPerTone * 2)
  for (const [tone, character] of characters.entries()) {
    const pitch = 220 + ((character.codePointAt(0) ?? 0) % 24) * 20
    for (let sample = 0; sample < samplesPerTone; sample++) {
      const value = Math.sin((2 * Math.PI * pitch * sample) / sampleRate) * 8000
      samples.writeInt16LE(Math.round(value), (tone * samplesPerTone + sample) * 2)
    }
  }
  return samples
}

/** RIFF header of 16-bit mono PCM. */
function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + bytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(bytes, 40)
  return header
}
