import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerBody } from './peer.ts'

/** The upstream of fixed answers as a program, for machines without nginx. */
const body = Buffer.from(answerBody)

const server = createServer({ noDelay: true }, (request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', 4096, () => {
  process.send?.({ type: 'ready', port: (server.address() as AddressInfo).port })
})
process.once('disconnect', () => process.exit(0))
