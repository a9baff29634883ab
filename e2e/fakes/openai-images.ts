import * as z from 'zod'
import { type Exchange, sendJson } from './exchange.ts'
import { encodePng } from './png.ts'
import { parseBody } from './request-body.ts'
import { fnv1a } from './vector.ts'

const imageRequest = z.looseObject({
  model: z.string().min(1).nullish(),
  prompt: z.string().min(1),
  n: z.int().min(1).max(4).nullish(),
  size: z
    .string()
    .regex(/^\d{1,4}x\d{1,4}$/)
    .nullish(),
  response_format: z.literal('b64_json', 'This server answers in b64_json.').nullish(),
})

/** `POST /v1/images/generations`: a gradient whose colours follow from the prompt, as PNG in base64. */
export async function openaiImages(exchange: Exchange): Promise<void> {
  const body = parseBody(imageRequest, exchange.body)
  const [width, height] = sizeOf(body.size ?? '64x64')
  const data = Array.from({ length: body.n ?? 1 }, (_, index) => ({
    b64_json: paint(`${body.prompt}#${index}`, width, height).toString('base64'),
    revised_prompt: body.prompt,
  }))
  await sendJson(exchange, { created: Math.floor(Date.now() / 1000), data })
}

function sizeOf(text: string): [number, number] {
  const [width = 64, height = 64] = text.split('x').map((side) => Math.min(512, Math.max(1, Number(side))))
  return [width, height]
}

function paint(seed: string, width: number, height: number): Buffer {
  const hash = fnv1a(seed)
  return encodePng(width, height, (x, y) => [
    (hash + Math.floor((x * 255) / width)) & 0xff,
    ((hash >>> 8) + Math.floor((y * 255) / height)) & 0xff,
    (hash >>> 16) & 0xff,
  ])
}
