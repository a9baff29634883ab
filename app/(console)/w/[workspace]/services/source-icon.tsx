import {
  Bot,
  Boxes,
  Container,
  Globe,
  Hash,
  type LucideIcon,
  Sparkles,
  SquareFunction,
  Waypoints,
} from 'lucide-react'
import type { ServiceSource } from '@/lib/domain/upstream-service.ts'

const icons: Record<ServiceSource, LucideIcon> = {
  ai: Sparkles,
  agent: Bot,
  dns: Globe,
  fixed: Hash,
  kubernetes: Container,
  sae: Boxes,
  'function-compute': SquareFunction,
  nacos: Waypoints,
}

export function SourceIcon({ source }: { readonly source: ServiceSource }) {
  const Icon = icons[source]
  return <Icon aria-hidden="true" size={18} strokeWidth={1.5} className="shrink-0 text-accent-text" />
}
