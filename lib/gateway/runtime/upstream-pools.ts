export { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
