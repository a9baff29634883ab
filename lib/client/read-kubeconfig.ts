import * as z from 'zod'

const document = z.object({
  contexts: z.array(z.object({ name: z.string() })).min(1),
  'current-context': z.string().catch(''),
})

export interface KubeconfigFacts {
  readonly contexts: readonly string[]
  /** Empty: none is chosen in it. */
  readonly current: string
}

/** The contexts of a kubeconfig; null when it is none. The reader is loaded when the first one is pasted. */
export async function readKubeconfig(text: string): Promise<KubeconfigFacts | null> {
  if (text.trim() === '') return null
  const { parse } = await import('yaml')
  try {
    const read = document.safeParse(parse(text, { maxAliasCount: 10 }))
    if (!read.success) return null
    return { contexts: read.data.contexts.map(({ name }) => name), current: read.data['current-context'] }
  } catch {
    return null
  }
}
