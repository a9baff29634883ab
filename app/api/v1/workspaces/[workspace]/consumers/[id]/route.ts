import * as z from 'zod'
import { deleteConsumer } from '@/lib/console/consumers/delete-consumer.ts'
import { getConsumer } from '@/lib/console/consumers/get-consumer.ts'
import { updateConsumer } from '@/lib/console/consumers/update-consumer.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { consumer, updateConsumerInput } from '@/lib/domain/consumer.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A consumer, by id or name',
  permission: 'consumers.read',
  params,
  success: [200, consumer],
  run: ({ params: { id }, caller }) => getConsumer(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change the name of a consumer and the Model APIs that it may call',
  permission: 'consumers.write',
  params,
  body: updateConsumerInput,
  success: [200, consumer],
  run: ({ params: { id }, body, caller }) => updateConsumer(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Take a consumer and its credentials away',
  permission: 'consumers.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteConsumer(id, caller),
})
