import type { ServiceTab } from '../service-href.ts'

export type ServiceTabId = 'overview' | ServiceTab
