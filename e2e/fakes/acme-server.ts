import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TestAuthority } from './test-authority.ts'

/** Where the server looks for the answers to its challenges, in place of port 80 of the name. */
export type ValidationTarget = { readonly host: string; readonly port: number }

interface Jwk {
  readonly kty: string
  readonly [member: string]: string
}

interface Order {
  status: 'pending' | 'ready' | 'valid' | 'invalid'
  readonly name: string
  readonly token: string
  challenge: 'pending' | 'processing' | 'valid' | 'invalid'
  problem: object | null
  chain: string | null
}

interface Verified {
  /** Null: nothing was sent, which only reads (RFC 8555 §6.3). */
  readonly payload: Record<string, unknown> | null
  readonly jwk: Jwk
  readonly account: string | null
}

class AcmeProblem extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, detail: string) {
    super(detail)
    this.status = status
    this.type = `urn:ietf:params:acme:error:${type}`
  }
}

/**
 * An ACME server (RFC 8555) of the tests' own: it checks every signature and nonce, fetches the answers to its HTTP-01
 * challenges, and issues by an authority of its own.
 */
export class AcmeServer {
  readonly authority = new TestAuthority()
  /** Where it looks for answers from now on. */
  target: ValidationTarget
  /** Days that certificates live. */
  days = 90
  /** Orders are refused with this sentence while it is set. */
  refuse: string | null = null
  /** How many orders were refused. */
  refused = 0
  /** URLs that were fetched to validate challenges. */
  readonly fetched: string[] = []
  /** Names of the certificates that were issued. */
  readonly issued: string[] = []
  readonly #server = createServer((incoming, response) => void this.#answer(incoming, response))
  readonly #nonces = new Set<string>()
  readonly #accounts = new Map<string, Jwk>()
  readonly #orders = new Map<string, Order>()
  #origin = ''

  constructor(target: ValidationTarget) {
    this.target = target
  }

  get directoryUrl(): string {
    return `${this.#origin}/directory`
  }

  get accounts(): number {
    return this.#accounts.size
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    this.authority.close()
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const nonce = randomBytes(12).toString('base64url')
    this.#nonces.add(nonce)
    response.setHeader('replay-nonce', nonce)
    response.setHeader('cache-control', 'no-store')
    try {
      const path = incoming.url ?? ''
      if (path === '/directory') send(response, 200, this.#directory())
      else if (path === '/nonce') response.writeHead(200).end()
      else if (incoming.method !== 'POST') throw new AcmeProblem(405, 'malformed', 'POST is needed.')
      else this.#route(path, this.#verify(path, await bodyOf(incoming)), response)
    } catch (error) {
      const problem =
        error instanceof AcmeProblem ? error : new AcmeProblem(500, 'serverInternal', String(error))
      const { type, status, message: detail } = problem
      response.setHeader('content-type', 'application/problem+json')
      response.writeHead(status).end(JSON.stringify({ type, detail, status }))
    }
  }

  #directory() {
    const [newNonce, newAccount, newOrder] = ['nonce', 'account', 'order'].map(
      (path) => `${this.#origin}/${path}`,
    )
    return { newNonce, newAccount, newOrder, meta: { termsOfService: `${this.#origin}/terms` } }
  }

  /** RFC 8555 §6.2 to §6.5: one signature by the account's key over this very address, with a nonce of ours. */
  #verify(path: string, body: string): Verified {
    const jws = JSON.parse(body) as { protected: string; payload: string; signature: string }
    const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString()) as {
      alg: string
      nonce: string
      url: string
      jwk?: Jwk
      kid?: string
    }
    if (!this.#nonces.delete(header.nonce)) throw new AcmeProblem(400, 'badNonce', 'The nonce is not ours.')
    if (header.url !== this.#origin + path) throw new AcmeProblem(401, 'unauthorized', 'Another URL.')
    const jwk = header.jwk ?? this.#accounts.get(header.kid ?? '')
    if (jwk === undefined) throw new AcmeProblem(400, 'accountDoesNotExist', 'No such account.')
    if (header.jwk !== undefined && path !== '/account') {
      throw new AcmeProblem(400, 'malformed', 'Name the account by its URL.')
    }
    if (header.alg !== 'ES256') throw new AcmeProblem(400, 'badSignatureAlgorithm', 'Use ES256.')
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const signed = Buffer.from(`${jws.protected}.${jws.payload}`)
    const signature = Buffer.from(jws.signature, 'base64url')
    if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)) {
      throw new AcmeProblem(401, 'unauthorized', 'The signature is wrong.')
    }
    const payload = jws.payload === '' ? null : JSON.parse(Buffer.from(jws.payload, 'base64url').toString())
    return { payload, jwk, account: header.kid ?? null }
  }

  #route(path: string, { payload: sent, jwk, account }: Verified, response: ServerResponse): void {
    const payload = sent ?? {}
    const [, kind = '', id = ''] = path.split('/')
    if (path === '/account') this.#openAccount(payload, jwk, response)
    else if (kind === 'account') send(response, 200, { status: 'valid', contact: payload['contact'] ?? [] })
    else if (path === '/order') this.#openOrder(payload, response)
    else {
      const order = this.#orders.get(id)
      if (order === undefined) throw new AcmeProblem(404, 'malformed', 'No such thing.')
      const thumbprint = thumbprintOf(this.#accounts.get(account ?? '') ?? jwk)
      if (kind === 'order') send(response, 200, this.#orderView(id, order))
      else if (kind === 'authorization') send(response, 200, this.#authorizationView(id, order))
      else if (kind === 'challenge') this.#challenge(id, order, sent, thumbprint, response)
      else if (kind === 'finalize') this.#finalize(id, order, payload, response)
      else if (kind === 'certificate' && order.chain !== null) {
        response.setHeader('content-type', 'application/pem-certificate-chain')
        response.writeHead(200).end(order.chain)
      } else throw new AcmeProblem(404, 'malformed', 'No such thing.')
    }
  }

  #openAccount(payload: Record<string, unknown>, jwk: Jwk, response: ServerResponse): void {
    const url = `${this.#origin}/account/${thumbprintOf(jwk)}`
    const isKnown = this.#accounts.has(url)
    if (!isKnown && payload['termsOfServiceAgreed'] !== true) {
      throw new AcmeProblem(403, 'userActionRequired', 'Agree to the terms.')
    }
    this.#accounts.set(url, jwk)
    response.setHeader('location', url)
    send(response, isKnown ? 200 : 201, { status: 'valid', contact: payload['contact'] ?? [] })
  }

  #openOrder(payload: Record<string, unknown>, response: ServerResponse): void {
    const [identifier] = payload['identifiers'] as { type: string; value: string }[]
    if (this.refuse !== null) {
      this.refused++
      throw new AcmeProblem(403, 'rejectedIdentifier', this.refuse)
    }
    if (identifier?.type !== 'dns') throw new AcmeProblem(400, 'malformed', 'One DNS name.')
    const id = randomBytes(8).toString('hex')
    const order: Order = {
      status: 'pending',
      name: identifier.value,
      token: randomBytes(24).toString('base64url'),
      challenge: 'pending',
      problem: null,
      chain: null,
    }
    this.#orders.set(id, order)
    response.setHeader('location', `${this.#origin}/order/${id}`)
    send(response, 201, this.#orderView(id, order))
  }

  #orderView(id: string, { status, name, chain, problem }: Order) {
    return {
      status,
      identifiers: [{ type: 'dns', value: name }],
      authorizations: [`${this.#origin}/authorization/${id}`],
      finalize: `${this.#origin}/finalize/${id}`,
      ...(problem && { error: problem }),
      ...(chain !== null && { certificate: `${this.#origin}/certificate/${id}` }),
    }
  }

  #authorizationView(id: string, order: Order) {
    const status = order.challenge === 'processing' ? 'pending' : order.challenge
    return {
      status,
      identifier: { type: 'dns', value: order.name },
      challenges: [
        { type: 'dns-01', url: `${this.#origin}/unserved/${id}`, status: 'pending', token: order.token },
        this.#challengeView(id, order),
      ],
    }
  }

  #challengeView(id: string, { challenge, token, problem }: Order) {
    const url = `${this.#origin}/challenge/${id}`
    return { type: 'http-01', url, status: challenge, token, ...(problem && { error: problem }) }
  }

  #challenge(
    id: string,
    order: Order,
    sent: Record<string, unknown> | null,
    thumbprint: string,
    response: ServerResponse,
  ): void {
    if (order.challenge === 'pending' && sent !== null) {
      order.challenge = 'processing'
      void this.#validate(order, `${order.token}.${thumbprint}`)
    }
    send(response, 200, this.#challengeView(id, order))
  }

  async #validate(order: Order, keyAuthorization: string): Promise<void> {
    const path = `/.well-known/acme-challenge/${order.token}`
    this.fetched.push(`http://${order.name}${path}`)
    const answer = await fetchAt(this.target, order.name, path)
    if (answer.trim() === keyAuthorization) {
      order.challenge = 'valid'
      order.status = 'ready'
      return
    }
    order.challenge = 'invalid'
    order.status = 'invalid'
    const detail = `http://${order.name}${path} answered: ${answer.slice(0, 80)}`
    order.problem = { type: 'urn:ietf:params:acme:error:incorrectResponse', detail, status: 403 }
  }

  #finalize(id: string, order: Order, payload: Record<string, unknown>, response: ServerResponse): void {
    if (order.status !== 'ready') throw new AcmeProblem(403, 'orderNotReady', 'Challenges first.')
    const der = Buffer.from(String(payload['csr']), 'base64url')
    if (!der.includes(Buffer.from(order.name))) {
      throw new AcmeProblem(400, 'badCSR', 'The request is for another name.')
    }
    const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE REQUEST-----\n`
    const cert = this.authority.issueFor(pem, [order.name], this.days)
    order.chain = this.authority.chain({ cert })
    order.status = 'valid'
    this.issued.push(order.name)
    send(response, 200, this.#orderView(id, order))
  }
}

/** RFC 7638: the members that make the key, in order. */
function thumbprintOf({ crv, kty, x, y }: Jwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

function fetchAt({ host, port }: ValidationTarget, name: string, path: string): Promise<string> {
  return new Promise((resolve) => {
    const asking = request({ host, port, path, headers: { host: name }, timeout: 5000 }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve(text))
    })
    asking.on('timeout', () => asking.destroy(new Error('no answer')))
    asking.on('error', (error) => resolve(String(error)))
    asking.end()
  })
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of incoming) text += String(part)
  return text
}

function send(response: ServerResponse, status: number, body: object): void {
  response.setHeader('content-type', 'application/json')
  response.writeHead(status).end(JSON.stringify(body))
}
