import { toActivityEntry } from '@/lib/console/activity/list-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { listAllServices } from '@/lib/console/inference-services/list-all-services.ts'
import { found } from '@/lib/console/not-found.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { Overview } from '@/lib/domain/overview.ts'
import { listActivity } from '@/lib/persistence/activity-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listOpenInvitations } from '@/lib/persistence/invitation-store.ts'
import { findMembership, listMembers, touchMembership } from '@/lib/persistence/member-store.ts'
import { hourlyTraffic, trafficOfServices } from '@/lib/persistence/rollup-store.ts'
import { getWorkspace } from '@/lib/persistence/workspace-store.ts'
import { problemsOf } from './list-problems.ts'
import { overviewNumbers } from './overview-numbers.ts'

const topMax = 5
const recentMax = 8
const dayMs = 86_400_000
const visitEveryMs = 300_000

/** What is wrong, four numbers over 24 hours, and what to do next. */
export async function getOverview(caller: WorkspaceCaller): Promise<Overview> {
  requirePermission(caller, 'workspace.read')
  const { database, clock } = consoleContext()
  const workspaceId = caller.workspace.id
  const now = new Date(clock.now())
  await rememberVisit(caller, now)
  const services = await listAllServices(database, workspaceId)
  const ids = services.map((service) => service.id)
  const recent = await listActivity(database, { workspaceId, limit: recentMax })
  return {
    checkedAt: now.toISOString(),
    problems: await problemsOf(database, workspaceId, services),
    numbers: overviewNumbers(await hourlyTraffic(database, ids, now)),
    topServices: await topServices(database, services, now),
    recentActivity: recent.items.map(toActivityEntry),
    onboarding: await onboarding(database, services, caller),
  }
}

async function topServices(
  transaction: Transaction,
  services: readonly InferenceService[],
  now: Date,
): Promise<Overview['topServices']> {
  const ids = services.map((service) => service.id)
  const traffic = await trafficOfServices(transaction, ids, new Date(now.getTime() - dayMs))
  return services
    .map(({ id, name }) => {
      const sums = traffic.get(id)
      return { id, name, requests: sums?.requests ?? 0, errors: sums?.serverErrors ?? 0 }
    })
    .filter(({ requests }) => requests > 0)
    .sort((a, b) => b.errors - a.errors || b.requests - a.requests)
    .slice(0, topMax)
}

async function onboarding(
  transaction: Transaction,
  services: readonly InferenceService[],
  caller: WorkspaceCaller,
): Promise<Overview['onboarding']> {
  const { id } = caller.workspace
  const { onboardingDismissed } = found(await getWorkspace(transaction, id))
  const members = await listMembers(transaction, id)
  const now = new Date(consoleContext().clock.now())
  const invited = await listOpenInvitations(transaction, id, now)
  return {
    dismissed: onboardingDismissed,
    steps: [
      { id: 'register-service', done: services.length > 0 },
      { id: 'call-service', done: services.some((service) => service.traffic24h.requests > 0) },
      { id: 'invite-member', done: members.length > 1 || invited.length > 0 },
    ],
  }
}

async function rememberVisit(caller: WorkspaceCaller, now: Date): Promise<void> {
  if (caller.kind !== 'user' || caller.id === null) return
  const { database } = consoleContext()
  const member = await findMembership(database, caller.workspace.id, caller.id)
  const last = member?.lastOpenedAt?.getTime() ?? 0
  if (member === null || now.getTime() - last < visitEveryMs) return
  await touchMembership(database, caller.workspace.id, caller.id, now)
}
