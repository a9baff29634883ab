import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Peer } from './peer.ts'

/** Our gateway. */
export const switchyard: Peer = {
  name: 'Switchyard',
  async start() {
    const main = join(import.meta.dirname, 'switchyard-main.mjs')
    if (!existsSync(main)) return { missing: 'the gateway is not built' }
    return { missing: 'the gateway is not built' }
  },
}
