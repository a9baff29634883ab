import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, freePort, pidOf, startChild, waitForPort } from '@/bench/processes.ts'
import { jsonHeaders, type Target } from './peer.ts'

export interface LiteLlm {
  readonly pid: number
  /** Its callers speak the protocol of the path. */
  target(path: string): Target
}

/** It starts with no other kind. */
const masterKey = 'sk-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
const startMsMax = 90_000

/** The proxy of the Python package, where `litellm` is installed; it asks every model of `apiBase` as `provider` does. */
export async function startLiteLlm(
  folder: string,
  provider: 'hosted_vllm' | 'anthropic',
  apiBase: string,
): Promise<LiteLlm | { readonly missing: string }> {
  const program = findProgram('litellm')
  if (program === null) return { missing: 'litellm is not installed' }
  const config = join(folder, `litellm-${provider}.json`)
  const params = { model: `${provider}/*`, api_base: apiBase, api_key: 'upstream-key' }
  const models = { model_list: [{ model_name: '*', litellm_params: params }] }
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ ...models, litellm_settings: { telemetry: false } }))
  const port = await freePort()
  const command = [program, '--config', config, '--host', '127.0.0.1', '--port', String(port)]
  const child = startChild(command, {
    place: 'proxy',
    env: { LITELLM_LOG: 'ERROR', LITELLM_MASTER_KEY: masterKey },
  })
  await waitForPort(port, startMsMax)
  const headers = { ...jsonHeaders, authorization: `Bearer ${masterKey}` }
  return {
    pid: pidOf(child),
    target: (path) => ({ origin: `http://127.0.0.1:${port}`, path, headers }),
  }
}
