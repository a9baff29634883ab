import { randomUUID } from 'node:crypto'
import { askInTurn } from '@/lib/console/ask-in-turn.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'
import type { SelfTestInput, SelfTestOutcome, SelfTestResult } from '@/lib/domain/plugin-self-test.ts'
import { type SelfTestTicket, sealTicket, selfTestKey, selfTestMs } from '@/lib/snapshot/self-test-ticket.ts'
import { requireModelApi } from './require-model-api.ts'
import { type SelfTestDoor, selfTestDoor } from './self-test-door.ts'
import { openDoor, type SelfTestAnswer, sendSelfTest } from './send-self-test.ts'

type Check = SelfTestResult['checks'][number]

/** What is asked of a node, one request after the other, and the status that the last one has to get. */
interface Plan {
  readonly rule: number | null
  readonly refusedWith: number
  readonly requests: ReadonlyArray<{
    readonly spend: number
    readonly text: string
    readonly passes: boolean
  }>
}

/** Whether a plugin refuses what it should, seen on the wire: never by what is stored. Throws `rate_limited` where too many run. */
export async function selfTestPlugin(
  idOrName: string,
  { plugin, text }: SelfTestInput,
  caller: WorkspaceCaller,
): Promise<SelfTestResult> {
  requirePermission(caller, 'model-apis.write')
  const { database, clock } = consoleContext()
  const row = await requireModelApi(database, idOrName, caller)
  const api = modelApiDocument.parse(row)
  const plans = plansOf(api.plugins, plugin, text)
  const at = new Date(clock.now()).toISOString()
  if (plans.length === 0) return { plugin, outcome: 'nothing-to-refuse', at, checks: [] }
  const door = await selfTestDoor(database, row.gateway, api)
  const checks = await askInTurn(caller.workspace.id, async () => {
    const done: Check[] = []
    for (const plan of plans) done.push(await check(row, plugin, door, plan, caller.requestId))
    return done
  })
  const outcome = checks.find((one) => one.outcome !== 'enforced')?.outcome ?? 'enforced'
  return { plugin, outcome, at, checks }
}

function plansOf(plugins: ModelPlugins, plugin: SelfTestInput['plugin'], text: string | null): Plan[] {
  if (!plugins[plugin].enabled) return []
  switch (plugin) {
    case 'authorization':
      return [{ rule: null, refusedWith: 401, requests: [{ spend: 0, text: '', passes: false }] }]
    case 'moderation':
      return moderationPlans(plugins.moderation, text)
    case 'rateLimits':
    case 'quotas':
      // All that the rule grants, and one more.
      return plugins[plugin].rules.map(({ amount }, rule) => ({
        rule,
        refusedWith: 429,
        requests: [
          { spend: amount, text: '', passes: true },
          { spend: 1, text: '', passes: false },
        ],
      }))
  }
}

function moderationPlans(
  { request, rules, endpoint }: ModelPlugins['moderation'],
  text: string | null,
): Plan[] {
  if (!request) return []
  const word = rules.find(({ kind, action }) => kind === 'word' && action === 'block')?.text
  const tried = text ?? word
  if (tried === undefined) {
    if (endpoint === null && !rules.some(({ action }) => action === 'block')) return []
    throw fieldError(
      'text',
      'text_needed',
      'Give a text that should be refused: no rule blocks a plain word.',
    )
  }
  return [
    {
      rule: null,
      refusedWith: 400,
      requests: [
        // No rule can match nothing, so that the refusal that follows is due to the text.
        { spend: 0, text: '', passes: true },
        { spend: 0, text: tried, passes: false },
      ],
    },
  ]
}

async function check(
  { id, gatewayId }: { readonly id: string; readonly gatewayId: string },
  plugin: SelfTestInput['plugin'],
  door: SelfTestDoor,
  { rule, requests, refusedWith }: Plan,
  requestId: string,
): Promise<Check> {
  const { masterKey, clock } = consoleContext()
  const key = selfTestKey(masterKey, gatewayId)
  const nonce = randomUUID()
  const seen: SelfTestAnswer[] = []
  const dispatcher = openDoor(door)
  for (const { spend, text, passes } of requests) {
    const expiresAt = clock.now() + selfTestMs
    const ticket: SelfTestTicket = { modelApiId: id, plugin, rule, spend, nonce, expiresAt }
    const answer = await sendSelfTest(
      dispatcher,
      door,
      sealTicket(key, ticket),
      bodyWith(text),
      `${requestId}_${seen.length}`,
    )
    seen.push(answer)
    if (answer.hasPassed !== passes) break
  }
  await dispatcher.destroy()
  const outcome = outcomeOf(seen, requests.length, refusedWith)
  return { rule, outcome, seen: seen.map(({ hasPassed: _, ...sight }) => sight) }
}

/** Has the text where each of the routes that are moderated looks for one. */
function bodyWith(text: string): string {
  return JSON.stringify({
    model: 'self-test',
    messages: [{ role: 'user', content: text }],
    prompt: text,
    input: text,
  })
}

function outcomeOf(seen: readonly SelfTestAnswer[], asked: number, refusedWith: number): SelfTestOutcome {
  const last = seen.at(-1)
  if (last === undefined || last.status === null) return 'unreachable'
  if (seen.length === asked && last.hasPassed) return 'not-enforced'
  // Whitelists, redirects and proxies refuse too: only the plugin's own answer counts.
  const isOwn = last.code !== null && last.status === refusedWith && !last.hasPassed
  return seen.length === asked && isOwn ? 'enforced' : 'unreachable'
}
