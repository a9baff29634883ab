import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'

/** The least that a Node.js relay can do: no routing, no authorization, no limits, no errors worth the name. */
const [jsonPool, streamPool] = process.argv.slice(2).map((port) => new Pool(`http://127.0.0.1:${port}`))

const server = createServer({ noDelay: true }, (request, response) => {
  const { method = 'GET', url: path = '/', rawHeaders } = request
  const headers = rawHeaders.filter((_, at) => !hop.has(rawHeaders[at - (at % 2)]?.toLowerCase() ?? ''))
  const pool = path.startsWith('/stream/') ? streamPool : jsonPool
  pool?.dispatch(
    { method: method as 'POST', path, headers, body: request },
    {
      onRequestStart: (controller) =>
        response.once('close', () => controller.abort(new Error('The caller left.'))),
      onResponseStart: (_, status, answer) =>
        void response.writeHead(status, { ...answer, connection: 'keep-alive' }),
      onResponseData: (_, chunk) => void response.write(chunk),
      onResponseEnd: () => void response.end(),
      onResponseError: () => void response.destroy(),
    },
  )
})
const hop = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding'])
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.once('disconnect', () => process.exit(0))
