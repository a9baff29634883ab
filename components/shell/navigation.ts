import {
  Activity,
  Code,
  FileKey2,
  Globe,
  History,
  House,
  KeyRound,
  type LucideIcon,
  Network,
  Server,
  Settings,
  Share2,
  Users,
} from 'lucide-react'

export type SectionId =
  | 'overview'
  | 'inference-services'
  | 'gateways'
  | 'domains'
  | 'model-apis'
  | 'services'
  | 'consumers'
  | 'networks'
  | 'certificates'
  | 'members'
  | 'activity'
  | 'settings'

export type NavigationItem = {
  readonly id: SectionId
  /** After `/w/<workspace>`. */
  readonly path: string
  readonly icon: LucideIcon
  /** The key after `g`. */
  readonly key?: string
}

export type NavigationGroup = {
  readonly id: 'top' | 'serve' | 'gateways' | 'ai-gateway' | 'workspace'
  readonly items: readonly NavigationItem[]
}

/** Every place in the rail, in its order. Texts are `shell.sections.<id>` and `shell.groups.<id>`. */
export const navigation: readonly NavigationGroup[] = [
  { id: 'top', items: [{ id: 'overview', path: '', icon: House, key: 'o' }] },
  {
    id: 'serve',
    items: [{ id: 'inference-services', path: '/inference-services', icon: Server, key: 'i' }],
  },
  {
    id: 'gateways',
    items: [
      { id: 'gateways', path: '/gateways', icon: Activity, key: 'g' },
      { id: 'domains', path: '/domains', icon: Globe, key: 'd' },
    ],
  },
  {
    id: 'ai-gateway',
    items: [
      { id: 'model-apis', path: '/model-apis', icon: Code, key: 'm' },
      { id: 'services', path: '/services', icon: Share2, key: 's' },
      { id: 'consumers', path: '/consumers', icon: KeyRound, key: 'k' },
    ],
  },
  {
    id: 'workspace',
    items: [
      { id: 'networks', path: '/networks', icon: Network, key: 'w' },
      { id: 'certificates', path: '/certificates', icon: FileKey2, key: 'c' },
      { id: 'members', path: '/members', icon: Users },
      { id: 'activity', path: '/activity', icon: History },
      { id: 'settings', path: '/settings', icon: Settings, key: ',' },
    ],
  },
]

export const navigationItems: readonly NavigationItem[] = navigation.flatMap((group) => group.items)

export function sectionHref(workspace: string, item: NavigationItem): string {
  return `/w/${encodeURIComponent(workspace)}${item.path}`
}

/** The section that a path lies in: `/w/acme/gateways/gw_1` → gateways. */
export function sectionOf(pathname: string): NavigationItem | undefined {
  const [, w, workspace, section] = pathname.split('/')
  if (w !== 'w' || !workspace) return undefined
  return navigationItems.find((item) => item.path === (section ? `/${section}` : ''))
}
