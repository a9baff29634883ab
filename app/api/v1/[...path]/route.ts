import { unknownRoute } from '@/lib/console/http/unknown-route.ts'

/** Addresses that no route has. */
export const GET = unknownRoute
export const POST = unknownRoute
export const PUT = unknownRoute
export const PATCH = unknownRoute
export const DELETE = unknownRoute
