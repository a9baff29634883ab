import net from 'node:net'
import * as z from 'zod'
import { childEnvironment } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'
import { createConsoleApi } from './console-api.ts'
import type { InstallationPlan } from './installation-plan.ts'
import { makeDemo } from './make-demo.ts'
import { programFile, programRoot } from './program.ts'
import { tryToListen } from './require-free-ports.ts'
import type { Supervisor } from './supervisor.ts'
import { waitForAnswer } from './wait-for-answer.ts'

const host = '127.0.0.1'
const preferredPort = 8090
const readyMessage = z.object({ port: z.int() })

/** Sample model servers, a workspace with services over them, and a call that works as printed. */
export async function runDemo(plan: InstallationPlan, supervisor: Supervisor): Promise<void> {
  if (plan.apiToken === null) throw new CliError('The demonstration needs an API token.')
  // The port is chosen here, not by the server, so that it stays the same when the server is started again.
  const port = (await tryToListen(preferredPort, host)) === null ? preferredPort : await findFreePort()
  const { ready } = supervisor.run({
    name: 'sample model server',
    file: programFile('model-server'),
    arguments: () => ['--port', String(port), '--host', host],
    env: childEnvironment({
      SWITCHYARD_MASTER_KEY: undefined,
      SWITCHYARD_API_TOKEN: undefined,
      DATABASE_URL: undefined,
    }),
    cwd: programRoot,
  })
  readyMessage.parse(await ready)
  const { token } = await makeDemo(createConsoleApi(plan.consoleUrl, plan.apiToken), `http://${host}:${port}`)
  const url = `${plan.gatewayUrls.internet}/api/predict/demo_chat/v1/chat/completions`
  const answers = await waitForAnswer(url, token, { withinMs: 15_000 })
  console.log(
    demoText({
      url,
      token,
      answers,
      modelServerUrl: `http://${host}:${port}`,
      apiToken: plan.apiToken,
      publicUrl: plan.publicUrl,
      modelApiUrl: `${plan.gatewayUrls.internet}/demo/anthropic/v1/messages`,
    }),
  )
}

function demoText(demo: {
  url: string
  token: string
  answers: boolean
  modelServerUrl: string
  apiToken: string
  publicUrl: string
  modelApiUrl: string
}): string {
  return `Demonstration workspace "demo" over sample model servers on ${demo.modelServerUrl}${demo.answers ? '' : ' (the gateway has not answered yet)'}. Try it:

curl ${demo.url} \\
  -H 'Authorization: Bearer ${demo.token}' \\
  -H 'Content-Type: application/json' \\
  -d '{"model":"sample-chat","messages":[{"role":"user","content":"Hello"}]}'

A Model API that speaks Anthropic, over a service that speaks OpenAI:

curl ${demo.modelApiUrl} \\
  -H 'Content-Type: application/json' \\
  -d '{"model":"sample-chat","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}'

The console's API: curl ${demo.publicUrl}/api/v1/workspaces -H 'Authorization: Bearer ${demo.apiToken}'
`
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen({ port: 0, host }, () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port)
        else reject(new CliError('No port is free for the sample model server.'))
      })
    })
  })
}
