import { type LookupAddress, lookup } from 'node:dns'
import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { NacosError } from './nacos-error.ts'

export interface NacosRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `http://10.0.0.9:8848`; a path is kept in front. */
  readonly server: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Sent as a form in the body. */
  readonly form?: Readonly<Record<string, string>>
  /** Asked for the very address that is dialled. */
  readonly mayDial: (address: string, port: number) => boolean
}

export interface NacosAnswer {
  readonly status: number
  readonly body: string
}

const timeoutMs = 3_000
const answerBytesMax = 1_048_576

/** One request on a connection of its own, so that rules that change hold for the next. Rejects with `NacosError`. */
export function askNacos({ method, server, path, query, form, mayDial }: NacosRequest): Promise<NacosAnswer> {
  const url = new URL(server)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(hostname) !== 0 && !mayDial(hostname, port)) return Promise.reject(notAllowed())
  const body = form === undefined ? '' : new URLSearchParams(form).toString()
  const search = new URLSearchParams(query).toString()
  const options: RequestOptions = {
    method,
    hostname,
    port,
    path: `${url.pathname.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`,
    agent: false,
    lookup: permittedLookup(port, mayDial),
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      host: url.host,
      'content-length': Buffer.byteLength(body),
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
  }
  return send(url.protocol === 'https:' ? requestHttps : requestHttp, options, body)
}

function send(request: typeof requestHttp, options: RequestOptions, body: string): Promise<NacosAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(asNacosError(error))
    const sent = request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
        if (text.length > answerBytesMax) answer.destroy(new Error('The answer is too long.'))
      })
      answer.on('error', fail)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
    })
    sent.on('error', fail)
    // Of an answer that switches protocols nothing else tells.
    sent.on('close', () => fail(new Error('The connection was closed.')))
    sent.end(body)
  })
}

function permittedLookup(port: number, mayDial: NacosRequest['mayDial']): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 4)
        return
      }
      const permitted = addresses.filter(({ address }) => mayDial(address, port))
      const [first] = permitted
      if (first === undefined) callback(notAllowed(), '', 4)
      else if (options.all === true) callback(null, permitted as LookupAddress[])
      else callback(null, first.address, first.family)
    })
  }
}

function notAllowed(): NacosError {
  return new NacosError(
    'not_allowed',
    'The security group of the service, or the egress policy, forbids the address.',
  )
}

function asNacosError(error: Error): NacosError {
  if (error instanceof NacosError) return error
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? new NacosError('timed_out', 'No answer came in time.', { cause: error })
    : new NacosError('unreachable', 'The server could not be reached.', { cause: error })
}
