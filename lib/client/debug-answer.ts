import * as z from 'zod'

/** Null where the text is no JSON. Long values of base64 are cut: nobody reads them. */
export function prettyJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) => shortened(value), 2)
  } catch {
    return null
  }
}

const longCharacters = 2048

function shortened(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= longCharacters || !/^[A-Za-z0-9+/=]+$/.test(value))
    return value
  return `${value.slice(0, 64)}… (${value.length} characters)`
}

const images = z.object({ data: z.array(z.object({ b64_json: z.string().nullish() })) })

/** By the first characters of their base64. */
const imageTypes = [
  ['iVBOR', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
] as const

/** Pictures that an answer holds (`data[].b64_json`), as addresses that need nobody else. */
export function imagesIn(text: string): string[] {
  const parsed = images.safeParse(JSON.parse(text))
  if (!parsed.success) return []
  return parsed.data.data.flatMap(({ b64_json: base64 }) => {
    const type = imageTypes.find(([start]) => base64?.startsWith(start))?.[1]
    return base64 && type ? [`data:${type};base64,${base64}`] : []
  })
}
