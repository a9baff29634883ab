import { notFound } from '@/lib/console/not-found.ts'
import { problemResponse } from './problem-response.ts'
import { requestIdOf } from './request-id.ts'

export async function unknownRoute(request: Request): Promise<Response> {
  return problemResponse(notFound(), requestIdOf(request))
}
