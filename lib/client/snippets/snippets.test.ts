import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiType, apiTypeFacts, apiTypes } from '@/lib/domain/api-type.ts'
import { curlSnippet } from './curl.ts'
import { nodeSnippet } from './node.ts'
import { openaiSdkSnippet } from './openai-sdk.ts'
import { pythonSnippet } from './python.ts'
import { quoteBash, quotePowershell, setTokenLine } from './quote-shell.ts'
import { joinUrl, type SnippetInput } from './snippet-input.ts'

interface Received {
  url: string
  headers: IncomingHttpHeaders
  body: string
}

const token = 'ek_live_0123456789abcdefghijABCDEFGHIJ0123456789'
let received: Received | null = null
let answer = { type: 'application/json', body: '{"answered":true}' }
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  received = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
  response.writeHead(200, { 'content-type': answer.type }).end(answer.body)
})
let origin = ''
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'snippets-'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(directory, { recursive: true })
})

/** Runs a program as a reader would, with the token in the environment. */
function run(program: string, ...parameters: string[]): Promise<string> {
  received = null
  return new Promise((resolve, reject) => {
    const environment = {
      NODE_ENV: 'test' as const,
      PATH: process.env['PATH'] ?? '',
      LANG: 'C.UTF-8',
      PYTHONPATH: directory,
      EAS_TOKEN: token,
    }
    const child = spawn(program, parameters, { cwd: directory, env: environment })
    const output: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString())
      else reject(new Error(`${program} ended with ${code}: ${Buffer.concat(errors)}`))
    })
  })
}

async function runNode(snippet: string): Promise<string> {
  const file = path.join(directory, 'call.mjs')
  await writeFile(file, snippet)
  return run(process.execPath, file)
}

function input(given: Partial<SnippetInput> = {}): SnippetInput {
  const apiType = given.apiType ?? 'openai-chat'
  return {
    apiType,
    url: joinUrl(`${origin}/api/predict/qwen_7b`, apiTypeFacts[apiType].path ?? '/'),
    body: apiTypeFacts[apiType].sampleBody('Qwen2.5-7B'),
    streaming: false,
    token: null,
    ...given,
  }
}

const hazards = [
  "it's",
  '"quoted"',
  'two\nlines\r\nand a tab\t',
  'back\\slash \\n \\u0041',
  '$HOME $(id) `id` !! %s %HOME%',
  '你好，世界。“引号”‘单’',
  '🚲👩‍👩‍👧',
  '\u2028\u2029\u007f\u00a0',
  "'@ | '\\'' \"@",
  '--data @/etc/passwd',
]
const hazardous = {
  model: 'm',
  messages: [{ role: 'user', content: hazards.join('\n') }],
  on: true,
  off: null,
  n: 0.5,
}
const hasRequests = spawnSync('python3', ['-c', 'import requests']).status === 0

const runners: ReadonlyArray<
  readonly [name: string, runs: boolean, start: (given: SnippetInput) => Promise<string>]
> = [
  ['cURL in bash', true, (given) => run('bash', '-c', curlSnippet(given, 'bash'))],
  ['Python', hasRequests, (given) => run('python3', '-c', pythonSnippet(given))],
  ['Node.js', true, (given) => runNode(nodeSnippet(given))],
]

for (const [name, runs, start] of runners) {
  // Python's requests package is not part of Python.
  describe.skipIf(!runs)(`the ${name} snippet, run`, () => {
    test('sends a body of quotes, line breaks, Chinese and emoji unharmed', async () => {
      await start(input({ body: hazardous }))
      expect(JSON.parse(received?.body ?? '')).toEqual(hazardous)
      expect(received?.headers['content-type']).toBe('application/json')
    })

    test.each(apiTypes)('reaches a service that speaks %s with its token', async (apiType) => {
      await start(input({ apiType }))
      expect(received?.url).toBe(`/api/predict/qwen_7b${apiTypeFacts[apiType].path ?? '/'}`)
      expect(received?.headers.authorization).toBe(token)
      expect(JSON.parse(received?.body ?? '')).toEqual(apiTypeFacts[apiType].sampleBody('Qwen2.5-7B'))
    })

    test('carries a token that is part of it', async () => {
      await start(input({ token: "ek_live_o'ther" }))
      expect(received?.headers.authorization).toBe("ek_live_o'ther")
    })

    test('prints the answer', async () => {
      expect((await start(input())).replaceAll(/\W/g, '')).toMatch(/answered(true|True)/)
    })

    test('prints a stream, Chinese included', async () => {
      answer = { type: 'text/event-stream', body: 'data: {"delta":"你好"}\n\ndata: [DONE]\n\n' }
      const printed = await start(input({ streaming: true, body: { ...hazardous, stream: true } }))
      answer = { type: 'application/json', body: '{"answered":true}' }
      expect(printed).toContain('data: {"delta":"你好"}')
      expect(printed).toContain('[DONE]')
    })

    test('keeps speech in a file', async () => {
      await start(input({ apiType: 'openai-speech' }))
      expect(await readFile(path.join(directory, 'speech.mp3'), 'utf8')).toBe(answer.body)
    })
  })
}

describe('the OpenAI SDK snippet', () => {
  // Stands in for the SDK, which is not part of Python: it prints what it was given.
  const standIn = `
import json
class Recorder:
    def __init__(self, client, path): self.client, self.path = client, path
    def __getattr__(self, name): return Recorder(self.client, self.path + "." + name)
    def __call__(self, **parameters):
        print(json.dumps({"client": self.client, "path": self.path, "parameters": parameters}))
        raise SystemExit(0)
class OpenAI(Recorder):
    def __init__(self, **client): Recorder.__init__(self, client, "client")
`

  test.each([
    ['openai-chat', 'client.chat.completions.create'],
    ['openai-embeddings', 'client.embeddings.create'],
  ] as const)('for %s calls %s below the endpoint', async (apiType, called) => {
    await writeFile(path.join(directory, 'openai.py'), standIn)
    const body = apiType === 'openai-chat' ? hazardous : { model: 'm', input: hazards }
    const printed = await run('python3', '-c', openaiSdkSnippet(input({ apiType, body })) ?? '')
    expect(JSON.parse(printed)).toEqual({
      client: { base_url: `${origin}/api/predict/qwen_7b/v1`, api_key: token },
      path: called,
      parameters: body,
    })
  })

  test.each(apiTypes.filter((type) => type !== 'openai-chat' && type !== 'openai-embeddings'))(
    'does not exist for %s',
    (apiType) => expect(openaiSdkSnippet(input({ apiType }))).toBeNull(),
  )

  test('does not exist for a path that the SDK would not call', () => {
    expect(openaiSdkSnippet(input({ url: `${origin}/api/predict/qwen_7b/v2/chat` }))).toBeNull()
  })
})

describe('quoting', () => {
  test('bash takes any text as one argument', () => {
    // A NUL cannot be in an argument at all.
    const text = fc.string({ unit: 'binary' }).filter((candidate) => !candidate.includes('\0'))
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (texts) => {
        const script = `printf '%s\\0' ${texts.map(quoteBash).join(' ')}`
        const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
        expect(stdout.split('\0').slice(0, -1)).toEqual(texts)
      }),
      { numRuns: 40 },
    )
  })

  test('PowerShell doubles every character that it takes for a single quote', () => {
    expect(quotePowershell("a'b’c‘d")).toBe("'a''b’’c‘‘d'")
  })

  test('the line that sets the token fits the shell', () => {
    expect(setTokenLine('bash', 'ek_live_x')).toBe("export EAS_TOKEN='ek_live_x'")
    expect(setTokenLine('powershell', 'ek_live_x')).toBe("$env:EAS_TOKEN = 'ek_live_x'")
  })
})

describe('the PowerShell snippet', () => {
  const snippet = curlSnippet(input({ body: hazardous, url: "https://gw.example/it's" }), 'powershell')
  const hereString = /^@'\n(?<body>[\s\S]*?)\n'@ \| (?<command>[\s\S]*)$/.exec(snippet)?.groups

  test('carries the body in a here-string that only its own end can close', () => {
    expect(JSON.parse(hereString?.['body'] ?? '')).toEqual(hazardous)
  })

  test('holds nothing outside ASCII, which old versions would lose', () => {
    expect([...snippet].every((character) => character <= '~')).toBe(true)
  })

  test('quotes the address and reads the token from the environment', () => {
    expect(hereString?.['command']).toContain("'https://gw.example/it''s'")
    expect(hereString?.['command']).toContain('"Authorization: $env:EAS_TOKEN"')
  })
})

test.each(apiTypes)('no line of a %s snippet ends in a space', (apiType: ApiType) => {
  const given = input({ apiType })
  const all = [
    curlSnippet(given, 'bash'),
    curlSnippet(given, 'powershell'),
    pythonSnippet(given),
    openaiSdkSnippet(given) ?? '',
    nodeSnippet(given),
  ]
  expect(all.join('\n')).not.toMatch(/[ \t]$/m)
})

test.each([
  ['http://h/api/predict/x', '/v1/y'],
  ['http://h/api/predict/x/', '/v1/y'],
  ['http://h/api/predict/x', 'v1/y'],
])('joins %s and %s with one slash', (endpoint, apiPath) => {
  expect(joinUrl(endpoint, apiPath)).toBe('http://h/api/predict/x/v1/y')
})
