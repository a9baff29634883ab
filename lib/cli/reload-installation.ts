import type { SupervisedProcess } from './supervised-process.ts'

export interface ReloadPlan {
  readonly console: SupervisedProcess
  /** Replaces the processes of every gateway, with this. */
  reloadGateways(replaceAll: (processes: readonly SupervisedProcess[]) => Promise<boolean>): Promise<boolean>
  migrate(): Promise<void>
  readonly readyWithinMs: number
  readonly reloadDrainMs: number
  say(line: string): void
}

/**
 * Puts the programs as they are on disk now in the place of those that run, without refusing or losing a request.
 * The console comes first: nodes of a new version may need a snapshot that only the new console makes, and the
 * old nodes serve without it meanwhile. Resolves with whether everything runs anew.
 */
export async function reloadInstallation(plan: ReloadPlan): Promise<boolean> {
  const { console: console_, reloadGateways, say } = plan
  const begun = performance.now()
  say('Reloading: the console first, then the gateway nodes one by one. Requests go on.')
  if (!(await reloadConsole(plan))) {
    say('The gateway nodes stay as they are.')
    return false
  }
  if (!(await reloadGateways((processes) => replaceAll(processes, plan)))) {
    say('The reload ends here.')
    return false
  }
  say(
    `Reloaded in ${((performance.now() - begun) / 1000).toFixed(1)} s. The console is process ${console_.pid}.`,
  )
  return true
}

/** One by one, up to the first that fails. */
async function replaceAll(
  processes: readonly SupervisedProcess[],
  { readyWithinMs, reloadDrainMs: drainMs, say }: ReloadPlan,
): Promise<boolean> {
  for (const node of processes) {
    const before = node.pid
    if (!(await node.replace({ readyWithinMs, drainMs }))) {
      say(
        `A new ${node.plan.name} did not get ready within ${readyWithinMs / 1000} s; the one before${before === undefined ? '' : ` (process ${before})`} goes on.`,
      )
      return false
    }
    say(
      before === undefined
        ? `The ${node.plan.name} is process ${node.pid} now.`
        : `The ${node.plan.name} is process ${node.pid} now; process ${before} finishes its requests.`,
    )
  }
  return true
}

/** Down while the database is brought up to date; its callers wait at the door. */
async function reloadConsole({
  console: console_,
  migrate,
  readyWithinMs,
  say,
}: ReloadPlan): Promise<boolean> {
  await console_.pause()
  try {
    await migrate()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    console_.start()
    return false
  }
  if (await console_.startUntilReady(readyWithinMs)) return true
  say(`The console did not get ready within ${readyWithinMs / 1000} s.`)
  return false
}
