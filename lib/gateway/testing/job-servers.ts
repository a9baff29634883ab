import { type ProviderCall, type ScriptedProvider, sendJson, startProvider } from './model-stand.ts'

export interface JobServer extends ScriptedProvider {
  /** What it made. */
  readonly made: ReadonlySet<string>
  /** What it was asked about that it has not made. */
  readonly strange: readonly string[]
}

let count = 0

/** A server of files, batches and ComfyUI workflows that knows what it made, and nothing else. */
export async function startJobServer(name: string): Promise<JobServer> {
  const made = new Set<string>()
  const strange: string[] = []
  const make = (kind: string) => {
    count += 1
    const id = `${kind}-${name}-${count}`
    made.add(id)
    return id
  }
  const knows = (id: string) => {
    if (!made.has(id)) strange.push(id)
    return made.has(id)
  }
  const provider = await startProvider(({ method, url, body }: ProviderCall, response) => {
    const [kind = '', id = ''] = url.replace(/^\/v1/, '').slice(1).split(/[/?]/)
    if (kind === 'prompt' && method === 'POST') sendJson(response, { prompt_id: make('prompt'), number: 1 })
    else if (kind === 'history') sendJson(response, knows(id) ? { [id]: { outputs: {} } } : {})
    else if (id !== '') sendJson(response, { id }, knows(id) ? 200 : 404)
    else if (kind === 'files') sendJson(response, { id: make('file'), object: 'file' })
    else if (kind === 'batches') {
      const isMine = knows(JSON.parse(body).input_file_id)
      sendJson(response, isMine ? { id: make('batch'), object: 'batch' } : { error: {} }, isMine ? 200 : 400)
    } else sendJson(response, { at: name })
  })
  return Object.assign(provider, { made, strange })
}
