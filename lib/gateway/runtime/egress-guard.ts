export { EgressGuard } from '@/lib/gateway/upstream/egress-guard.ts'
