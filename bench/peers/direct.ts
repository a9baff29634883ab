import { chatPath, jsonHeaders, type Peer } from './peer.ts'

/** No proxy at all: what "added" is counted from. */
export const direct: Peer = {
  name: 'direct',
  async start({ jsonPort, streamPort }) {
    return {
      pid: null,
      json: { origin: `http://127.0.0.1:${jsonPort}`, path: chatPath, headers: jsonHeaders },
      stream: { origin: `http://127.0.0.1:${streamPort}`, path: chatPath, headers: jsonHeaders },
    }
  },
}
