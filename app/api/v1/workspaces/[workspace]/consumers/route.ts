import * as z from 'zod'
import { createConsumer } from '@/lib/console/consumers/create-consumer.ts'
import { listConsumers } from '@/lib/console/consumers/list-consumers.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { consumer, consumerQuery, createConsumerInput } from '@/lib/domain/consumer.ts'
import { pageOf } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Consumers: who may call Model APIs',
  permission: 'consumers.read',
  params,
  query: consumerQuery,
  success: [200, pageOf(consumer)],
  run: ({ query, caller }) => listConsumers(query, caller),
})

export const POST = defineHandler({
  summary: 'Create a consumer; its keys are shown in this answer alone',
  permission: 'consumers.write',
  params,
  body: createConsumerInput,
  success: [201, consumer],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createConsumer(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/consumers/${created.id}`)
    return created
  },
})
